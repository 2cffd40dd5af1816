"""The replies under a page, a page of them at a time, in the order in which they are read."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from tips.comments.models import Comment, CommentQuerySet
from tips.pages.models import Page

SHOWN = 50  # replies on one page of a thread …
MOST_HTML = 60_000  # … or fewer, as soon as their words come to this many characters
PLACE = re.compile(r"(\d{1,9})\.(\d{1,9})", re.ASCII)


@dataclass
class Reply:
    """One reply with the replies to it. `answered`: to whom, where that reply is on another page of the thread."""

    comment: Comment
    answered: Comment | None = None
    replies: list["Reply"] = field(default_factory=list)


@dataclass(frozen=True)
class Thread:
    """`earlier`, `later`: the places where the neighbouring pages begin, empty where there are none."""

    replies: list[Reply]
    total: int = 0
    earlier: str = ""
    later: str = ""

    def __bool__(self) -> bool:
        return bool(self.total)


def threads(page: Page, *, begin: str = "") -> Thread:
    """One query, and one more for a page that is not the first, whatever the number of replies.

    `begin` is a `Comment.place`; anything else begins at the beginning.
    """
    if not page.comment_count:
        return Thread([])
    all_of_them = Comment.objects.published().on(page).select_related("parent")
    place = PLACE.fullmatch(begin)
    thread, sequence = (int(place[1]), int(place[2])) if place else (0, 0)
    found = list(all_of_them.beginning_at(thread, sequence).in_reading_order()[: SHOWN + 1])
    shown = _that_fit(found)
    return Thread(
        replies=_nested(page, shown),
        total=page.comment_count,
        earlier=_earlier(all_of_them, thread, sequence) if place else "",
        later=found[len(shown)].place if len(found) > len(shown) else "",
    )


def _that_fit(found: list[Comment]) -> list[Comment]:
    """At least one."""
    characters = 0
    for number, comment in enumerate(found[:SHOWN]):
        characters += len(comment.html)
        if number and characters > MOST_HTML:
            return found[:number]
    return found[:SHOWN]


def _earlier(replies: CommentQuerySet, thread: int, sequence: int) -> str:
    before = replies.ending_before(thread, sequence).order_by("-thread", "-sequence", "-pk")[:SHOWN]
    page_before = _that_fit(list(before))
    return page_before[-1].place if page_before else ""


def _nested(page: Page, shown: Iterable[Comment]) -> list[Reply]:
    made: dict[int, Reply] = {}
    top: list[Reply] = []
    for comment in shown:
        comment.page = page
        above = made.get(comment.parent_id or 0)
        reply = made[comment.pk] = Reply(comment, answered=None if above else _public(comment.parent, page))
        (above.replies if above else top).append(reply)
    return top


def _public(parent: Comment | None, page: Page) -> Comment | None:
    """A reply whose parent was taken down stands on its own."""
    if parent is None or not parent.is_published:
        return None
    parent.page = page
    return parent
