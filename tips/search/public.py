"""The index is never the authority: what it found is read again from the tables, through published()."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TypeVar

from tips.comments.models import Comment
from tips.index.match import Hit
from tips.pages.models import Kind, Page
from tips.safety.rules import Flag, flags
from tips.sql.asking import Question

PRINTED = ("kind", "slug", "title", "byline")
STAYS = {
    "term": "Glossary",
    "warning": "Warning sign",
}  # written by staff alone, and removed from the index when they go


Row = TypeVar("Row")
_pages = Question(lambda *pks: Page.objects.published().filter(pk__in=pks).values_list("pk", *PRINTED))
_answers = Question(lambda *slugs: Page.objects.published().filter(slug__in=slugs).values_list("pk", *PRINTED))
_replies = Question(lambda *pks: Comment.objects.published().filter(pk__in=pks).values_list("pk"))


@dataclass(frozen=True)
class Subject:
    """What a hit belongs to. `hidden`: sources under it that are no longer public."""

    kind: str
    slug: str
    url: str
    title: str
    label: str  # the kind, for readers
    byline: str = ""
    hidden: frozenset[str] = frozenset()


def public_subjects(
    hits: Iterable[Hit], *, chosen: Iterable[int] = (), answers: Collection[str] = (), warnings: Collection[str] = ()
) -> dict[str, Subject]:
    """Group key to subject; what is not public (any more) is left out. Three queries at most.

    What stands under the hits, and besides: chosen, primary keys of pages; answers, their slugs; warnings, of flags.
    """
    hits = list(hits)
    numbers = {*_numbers("page", (hit.group for hit in hits)), *chosen}
    pages = [*_numbered(_pages, numbers), *(_answers(*answers) if answers else ())]
    replies = {*_numbers("comment", (hit.source for hit in hits))}
    public = {pk for (pk,) in _numbered(_replies, replies)}
    hidden = frozenset(f"comment:{pk}" for pk in replies - public)
    found = {f"page:{pk}": _page(*printed) for pk, *printed in pages}
    found = {key: replace(subject, hidden=hidden) for key, subject in found.items()} if hidden else found
    found |= {f"warning:{flag.slug}": _sign(flag) for flag in flags() if flag.slug in warnings}
    found |= {hit.group: _fixed(hit) for hit in hits if hit.kind in STAYS}
    gone = {hit.group for hit in hits} - {hit.group for hit in hits if hit.source not in hidden}
    return {key: subject for key, subject in found.items() if key not in gone}


def _numbered(question: Question[Row], numbers: Collection[int]) -> list[Row]:
    """The rows of these numbers. Zeros, which none has, fill them up to a power of two: few statements are kept."""
    zeros = (1 << (len(numbers) - 1).bit_length()) - len(numbers)
    return question(*numbers, *[0] * zeros) if numbers else []


def _numbers(kind: str, sources: Iterable[str]) -> Iterator[int]:
    for source in sources:
        name, _, number = source.partition(":")
        if name == kind and number.isdecimal():
            yield int(number)


@lru_cache(maxsize=2048)
def _page(*printed: str) -> Subject:
    """From what was just read of a published page (PRINTED)."""
    page = Page(**dict(zip(PRINTED, printed, strict=True)))
    kind = {Kind.CHECK: Kind.EXERCISE, Kind.INFO: Kind.ARTICLE}.get(Kind(page.kind), Kind(page.kind))
    byline = page.name_shown if page.is_by_visitor else ""
    return Subject(
        kind.value, page.slug, page.get_absolute_url(), page.title, Kind(page.kind).label.capitalize(), byline
    )


def _sign(flag: Flag) -> Subject:
    return Subject("warning", flag.slug, f"/warning-signs/#{flag.slug}", flag.name, STAYS["warning"])


def _fixed(hit: Hit) -> Subject:
    return Subject(hit.kind, hit.url.partition("#")[2], hit.url, hit.title, STAYS[hit.kind])
