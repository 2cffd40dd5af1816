from collections.abc import Sequence
from datetime import date

from django.db import transaction

from tips.cases.models import Case
from tips.comments.models import DEEPEST, Comment, recount
from tips.comments.passages import passage
from tips.freshness.slots import bump
from tips.index.passages import remove, store
from tips.pages.models import Page
from tips.text import render
from tips.text.clean import many_lines, one_line


@transaction.atomic
def propose_comment(
    *, page: Page, parent: Comment | None, text: str, byline: str, flags: Sequence[str], case: Case
) -> Comment:
    """A reply that waits. One below the deepest level stands beside its parent."""
    if parent is not None and parent.depth >= DEEPEST:
        parent = parent.parent
    comment = Comment(
        page=page,
        parent=parent,
        depth=parent.depth + 1 if parent else 0,
        byline=one_line(byline),
        source=many_lines(text),
        flags=list(flags),
        case=case,
    )
    comment.html = render.visitor(text, prefix=f"{comment.public_id}-").html
    comment.save()
    return comment


@transaction.atomic
def publish_comment(*, comment: Comment, today: date) -> Comment:
    comment.show(today)
    _after_change(comment)
    index_comment(comment)
    return comment


@transaction.atomic
def take_down_comment(*, comment: Comment) -> Comment:
    comment.take_down()
    remove(comment.source_key)
    _after_change(comment)
    return comment


@transaction.atomic
def erase_comment(*, comment: Comment) -> Comment:
    """Its words are gone; the row stays, so that replies to it keep their place."""
    comment.source = comment.html = comment.byline = ""
    comment.flags = []
    comment.save()
    return comment


def index_comment(comment: Comment) -> None:
    """Let the search find it, under its page; only while both are public."""
    if comment.page.is_published:
        store(comment.source_key, [passage(comment)])


def index_comments_of(page: Page) -> None:
    """After a page came back."""
    for comment in Comment.objects.published().on(page).select_related("page"):
        index_comment(comment)


def _after_change(comment: Comment) -> None:
    recount(comment.page)
    transaction.on_commit(lambda: bump(comment.page.source_key, "lists"))
