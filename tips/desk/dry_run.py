"""What a line of the list of watched words would have marked among what was published lately."""

from collections.abc import Iterator
from dataclasses import dataclass

from tips.comments.models import Comment
from tips.guard.watching import Watched, hits
from tips.pages.models import Page
from tips.pages.updates import words

LAST = 200  # pages of visitors, and as many replies


@dataclass(frozen=True)
class Tried:
    looked_at: int
    found: tuple[str, ...]  # the words as they were written, one for each thing


def dry_run(pattern: str) -> Tried:
    watched = [Watched(pattern, "", 0)]
    texts = list(_published())
    return Tried(len(texts), tuple(found[0].words for found in (hits(text, watched) for text in texts) if found))


def _published() -> Iterator[str]:
    for page in Page.objects.published().by_visitors().order_by("-pk")[:LAST]:
        yield f"{page.title}\n{words(page.source, page.facts)}"
    yield from Comment.objects.published().order_by("-pk").values_list("source", flat=True)[:LAST]
