"""The replies under a page, in the order in which they are read."""

from dataclasses import dataclass, field

from tips.comments.models import Comment
from tips.pages.models import Page

SHOWN = 200  # replies on one page of a thread


@dataclass
class Reply:
    """One reply as `ui/_comment.html` prints it, with the replies to it."""

    comment: Comment
    replies: list["Reply"] = field(default_factory=list)


def threads(page: Page) -> list[Reply]:
    """One query, whatever the number of replies. A reply whose parent is not public stands on its own."""
    if not page.comment_count:
        return []
    made: dict[int, Reply] = {}
    top: list[Reply] = []
    for comment in Comment.objects.published().on(page).in_reading_order()[:SHOWN]:
        reply = made[comment.pk] = Reply(comment)
        parent = made.get(comment.parent_id or 0)
        (parent.replies if parent else top).append(reply)
    return top
