"""Where a POST may come from: our own pages. A browser that says nothing is judged by the form's token instead."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

OWN_FETCH_SITES = frozenset({"", "same-origin", "same-site", "none"})


def refuse_foreign(request: HttpRequest) -> None:
    """Raises PermissionDenied (403) for another site's form, a sandboxed one, or a cross-site fetch."""
    origin = request.headers.get("Origin")
    if origin is not None and not _is_ours(origin, request):
        raise PermissionDenied("origin")
    if request.headers.get("Sec-Fetch-Site", "") not in OWN_FETCH_SITES:
        raise PermissionDenied("fetch site")


def _is_ours(origin: str, request: HttpRequest) -> bool:
    if origin == settings.SITE_URL:
        return True
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    # Reached under another of our allowed names (127.0.0.1 and localhost in development).
    schemes = {"https"} if settings.SITE_IS_SECURE else {"http", "https"}
    return parts.scheme in schemes and parts.netloc != "" and parts.netloc == request.get_host()
