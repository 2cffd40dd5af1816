"""What every reply asks before it is stored, as SQL (docs/adr/0043, 0050)."""

from tips.comments.models import Comment
from tips.pages.models import Page
from tips.sql.plain import loaded

NAMED = ("id", "kind", "slug", "title")
OPEN = """
SELECT {} FROM pages_page WHERE slug = %s AND visibility = 'published' AND comments_open
""".format(", ".join(NAMED))
PLACED = ("id", "parent_id", "depth", "byline")
REPLY = """
SELECT {} FROM comments_comment WHERE public_id = %s AND page_id = %s AND visibility = 'published'
""".format(", ".join(PLACED))


def open_to_replies(slug: str) -> Page | None:
    """The public page at this address, as far as it is named."""
    return next(iter(loaded(Page, NAMED, OPEN, slug)), None)


def answered(page: Page, public_id: str) -> Comment | None:
    """The public reply that another one answers; whoever answers the page itself names none."""
    return next(iter(loaded(Comment, PLACED, REPLY, public_id, page.pk)), None) if public_id else None
