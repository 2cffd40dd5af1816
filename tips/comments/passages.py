"""What the search may find of a reply: its words, under the page it stands on."""

from tips.comments.models import Comment
from tips.index.passages import Passage
from tips.text.excerpt import plain

KIND = "comment"


def passage(comment: Comment) -> Passage:
    return Passage(
        group=comment.page.source_key,
        kind=KIND,
        url=comment.get_absolute_url(),
        title=comment.page.title,
        heading=f"Reply by {comment.name_shown}",
        body=plain(comment.html),
        areas=tuple(area.slug for area in comment.page.areas.all()),
        day=comment.published_on,
    )
