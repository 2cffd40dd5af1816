"""A view notes what its page is rendered from; the page cache, if there is one, keeps the page while that holds."""

from django.http import HttpRequest

NOTES = "freshness.rendered_from"  # in the request's environment, put there by the page cache: a list to be filled


def rendered_from(request: HttpRequest, *names: str) -> None:
    """Names as they are bumped. A view that never says it is never kept; one that says too little shows old words."""
    notes = request.META.get(NOTES)
    if notes is not None:
        notes.extend(names)
