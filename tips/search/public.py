"""The index is never the authority: what it found is read again from the tables, through published()."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tips.comments.models import Comment
from tips.index.match import Hit
from tips.pages.models import Kind, Page

STAYS = ("term", "warning")  # written by staff alone, and removed from the index when they go


@dataclass(frozen=True)
class Subject:
    """What a hit belongs to. `hidden`: sources under it that are no longer public."""

    kind: str
    slug: str
    url: str
    title: str
    byline: str = ""
    hidden: frozenset[str] = frozenset()


def public_subjects(hits: Iterable[Hit]) -> dict[str, Subject]:
    """Group key to subject; what is not public (any more) is left out. Two queries at most."""
    hits = list(hits)
    pages = Page.objects.published().in_bulk(_keys("page", (hit.group for hit in hits)))
    replies = _keys("comment", (hit.source for hit in hits))
    public = set(Comment.objects.published().filter(pk__in=replies).values_list("pk", flat=True)) if replies else set()
    hidden = frozenset(f"comment:{pk}" for pk in replies if pk not in public)
    found = {f"page:{page.pk}": _page(page, hidden) for page in pages.values()}
    found |= {hit.group: _fixed(hit) for hit in hits if hit.kind in STAYS}
    gone = {hit.group for hit in hits} - {hit.group for hit in hits if hit.source not in hidden}
    return {key: subject for key, subject in found.items() if key not in gone}


def _keys(kind: str, sources: Iterable[str]) -> list[int]:
    return sorted({int(number) for number in _numbers(kind, sources)})


def _numbers(kind: str, sources: Iterable[str]) -> Iterator[str]:
    for source in sources:
        name, _, number = source.partition(":")
        if name == kind and number.isdecimal():
            yield number


def _page(page: Page, hidden: frozenset[str]) -> Subject:
    kind = {Kind.CHECK: Kind.EXERCISE, Kind.INFO: Kind.ARTICLE}.get(Kind(page.kind), Kind(page.kind))
    byline = page.name_shown if page.is_by_visitor else ""
    return Subject(kind.value, page.slug, page.get_absolute_url(), page.title, byline, hidden)


def _fixed(hit: Hit) -> Subject:
    return Subject(hit.kind, hit.url.partition("#")[2], hit.url, hit.title)
