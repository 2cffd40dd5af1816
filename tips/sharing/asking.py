"""What every reply asks before it is stored, put together once (sql/asking.py)."""

from tips.comments.models import Comment
from tips.pages.models import Page
from tips.sql.asking import Question

_open = Question(
    lambda slug: Page.objects.published().filter(slug=slug, comments_open=True).only("kind", "slug", "title")
)
_answered = Question(
    lambda page, public_id: (
        Comment.objects.published().filter(page=page, public_id=public_id).only("parent", "depth", "byline")
    )
)


def open_to_replies(slug: str) -> Page | None:
    """The public page at this address, as far as it is named."""
    return _open.first(slug)


def answered(page: Page, public_id: str) -> Comment | None:
    """The public reply that another one answers; whoever answers the page itself names none."""
    is_one = public_id.isalnum()  # PostgreSQL refuses to look for some signs at all
    return _answered.first(page.pk, public_id) if is_one else None
