from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from tips.cases.models import Case
from tips.comments.models import DEEPEST, Comment, recount
from tips.comments.passages import passage
from tips.freshness.slots import bump
from tips.index.passages import remove, store
from tips.pages.fresh import replies
from tips.pages.models import Page, Visibility
from tips.sql.plain import insert
from tips.text import render
from tips.text.clean import many_lines, one_line


@transaction.atomic(savepoint=False)
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
    insert(comment)
    return comment


@transaction.atomic
def publish_comment(*, comment: Comment, today: date) -> Comment:
    is_new = comment.published_on is None
    comment.show(today)
    _after_change(comment, only_came=is_new)
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
    comment.source = comment.html = comment.byline = comment.read_source = comment.written = ""
    comment.flags = []
    comment.save()
    return comment


@transaction.atomic
def rewrite_comment(*, comment: Comment, text: str, flags: Sequence[str]) -> Comment:
    """Other words; who may see them is decided above."""
    if comment.visibility == Visibility.PUBLISHED:
        comment.read_source = comment.read_source or comment.source
    comment.source, comment.flags, comment.written = many_lines(text), list(flags), ""
    comment.html = render.visitor(text, prefix=f"{comment.public_id}-").html
    comment.save(update_fields=["source", "html", "flags", "read_source", "written"])
    _refresh(comment)
    return comment


@transaction.atomic
def edit_comment(*, comment: Comment, text: str) -> Comment:
    """A moderator's small changes; what its author wrote is kept beside them."""
    comment.written = comment.written or comment.source
    comment.source = many_lines(text)
    comment.html = render.visitor(text, prefix=f"{comment.public_id}-").html
    comment.save(update_fields=["source", "html", "written"])
    return comment


@transaction.atomic
def restore_comment(*, comment: Comment, kept: Mapping[str, Any], edited: bool) -> Comment:
    """As it stood; `kept` are values of its columns, as JSON keeps them. `edited`: a moderator's changes go, too."""
    for name, value in kept.items():
        setattr(comment, name, date.fromisoformat(value) if name == "published_on" and value else value)
    if edited and comment.written:
        comment.source, comment.written = comment.written, ""
        comment.html = render.visitor(comment.source, prefix=f"{comment.public_id}-").html
    comment.save()
    if comment.visibility == Visibility.PUBLISHED:
        index_comment(comment)
    else:
        remove(comment.source_key)
    _after_change(comment)
    return comment


@transaction.atomic
def remove_name(*, comment: Comment) -> Comment:
    comment.byline = ""
    comment.save(update_fields=["byline"])
    _refresh(comment)
    return comment


def _refresh(comment: Comment) -> None:
    if comment.visibility == Visibility.PUBLISHED:
        index_comment(comment)
        transaction.on_commit(lambda: bump(replies(comment.page)))


def index_comment(comment: Comment) -> None:
    """Let the search find it, under its page; only while both are public."""
    if comment.page.is_published:
        store(comment.source_key, [passage(comment)])


def index_comments_of(page: Page) -> None:
    """After a page came back."""
    for comment in Comment.objects.published().on(page).select_related("page"):
        index_comment(comment)


def _after_change(comment: Comment, *, only_came: bool = False) -> None:
    recount(comment.page)
    transaction.on_commit(lambda: bump(replies(comment.page), only_came=only_came))
