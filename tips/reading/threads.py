"""The replies under a page, a page of them at a time, in the order in which they are read."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.safestring import SafeString

from tips.comments.models import Comment, CommentQuerySet
from tips.comments.standing import Standing
from tips.pages.models import Page, Visibility
from tips.sql.asking import Question
from tips.text.markup import safe

SHOWN = 50  # replies on one page of a thread …
MOST_HTML = 60_000  # … or fewer, as soon as their words come to this many characters
PLACE = re.compile(r"(\d{1,9})\.(\d{1,9})", re.ASCII)
COLUMNS = [*Standing._fields, *(f"parent__{name}" for name in Standing._fields)]
COLUMNS += ["parent__visibility", "pk", "parent_id", "html", "published_on"]


class Row(NamedTuple):
    """A reply as it is read, with what has to be known of the one that it answers."""

    standing: Standing
    parent: Standing
    parent_visibility: str | None
    pk: int
    parent_id: int | None
    html: str
    day: date


class Reply(NamedTuple):
    """All that `reading/_reply.html` is told of a reply, with the replies to it. `page`: the address of its page.

    `answered`: the reply that it answers, where that one is on another page of the thread.
    """

    standing: Standing
    day: date
    html: str
    page: str
    page_is_open: bool
    answered: Standing | None
    replies: tuple["Reply", ...]

    @property
    def body(self) -> SafeString:
        return safe(self.html)


@dataclass(frozen=True)
class Thread:
    """`earlier`, `later`: the places where the neighbouring pages begin, empty where there are none."""

    replies: Sequence[Reply] = ()
    total: int = 0
    earlier: str = ""
    later: str = ""

    def __bool__(self) -> bool:
        return bool(self.total)


def threads(page: Page, *, begin: str = "") -> Thread:
    """One query, and one more for a page that is not the first, whatever the number of replies.

    `begin` is a `Standing.place`; anything else begins at the beginning.
    """
    if not page.comment_count:
        return Thread()
    said = PLACE.fullmatch(begin)
    thread, sequence = (int(said[1]), int(said[2])) if said else (0, 0)
    found = _rows(_from(page.pk, thread, sequence))
    shown = _that_fit(found)
    return Thread(
        replies=_nested(page, shown),
        total=page.comment_count,
        earlier=_earlier(page, thread, sequence) if said else "",
        later=found[len(shown)].standing.place if len(found) > len(shown) else "",
    )


def _on(page: int) -> CommentQuerySet:
    return Comment.objects.published().filter(page=page)


def _some(replies: CommentQuerySet) -> QuerySet[Comment, tuple[Any, ...]]:
    return replies.values_list(*COLUMNS)[: SHOWN + 1]


_from = Question(lambda page, *begin: _some(_on(page).beginning_at(*begin).in_reading_order()))
_before = Question(lambda page, *end: _some(_on(page).ending_before(*end).in_reading_order().reverse()))


def _rows(found: Sequence[tuple[Any, ...]]) -> list[Row]:
    return [Row(Standing(*row[:4]), Standing(*row[4:8]), *row[8:]) for row in found]


def _that_fit(found: list[Row]) -> list[Row]:
    """At least one."""
    characters = 0
    for number, row in enumerate(found[:SHOWN]):
        characters += len(row.html)
        if number and characters > MOST_HTML:
            return found[:number]
    return found[:SHOWN]


def _earlier(page: Page, thread: int, sequence: int) -> str:
    page_before = _that_fit(_rows(_before(page.pk, thread, sequence)))
    return page_before[-1].standing.place if page_before else ""


def _nested(page: Page, shown: Sequence[Row]) -> tuple[Reply, ...]:
    """Made from the last to the first: a reply is all that it says, with those below it."""
    address = page.get_absolute_url()
    below: dict[int | None, list[Reply]] = {}
    for row, above in reversed([*zip(shown, _above(shown), strict=True)]):
        reply = Reply(
            standing=row.standing,
            day=row.day,
            html=row.html,
            page=address,
            page_is_open=page.comments_open,
            answered=row.parent if above is None and row.parent_visibility == Visibility.PUBLISHED else None,
            replies=tuple(reversed(below.get(row.pk, ()))),
        )
        below.setdefault(above, []).append(reply)
    return tuple(reversed(below.get(None, ())))


def _above(shown: Sequence[Row]) -> Iterator[int | None]:
    """Under which of those before it each of them stands. One whose parent was taken down stands on its own."""
    before: set[int | None] = set()
    for row in shown:
        yield row.parent_id if row.parent_id in before else None
        before.add(row.pk)
