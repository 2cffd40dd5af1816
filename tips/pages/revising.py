"""A visitor's page gets other words: while it waits, as a revision that waits, or at once. Who may is decided above."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from accounts.models import User
from tips.cases.models import Case
from tips.index.passages import remove_group, store
from tips.pages.fresh import stale
from tips.pages.listing import list_again
from tips.pages.models import Page, Revision
from tips.pages.passages import passages
from tips.pages.rendering import render_if_shown
from tips.text.clean import many_lines, one_line

DAYS = ("published_on", "updated_on")


Said = dict[str, Any]  # facts, or answers: see outcomes/answers.py, which puts them on a page


@transaction.atomic
def propose_revision(
    *, page: Page, title: str, source: str, facts: Said, answers: Said, case: Case, today: date
) -> None:
    """New words that wait in `case`; what it held before stays among the revisions. Readers see no difference."""
    Revision.objects.filter(case=case).update(case=None)
    _record(page, one_line(title), many_lines(source), facts, answers, case, today)


@transaction.atomic
def rewrite_unpublished(
    *,
    page: Page,
    title: str,
    source: str,
    facts: Said,
    answers: Said,
    flags: Sequence[str],
    case: Case,
    today: date,
) -> None:
    """The same for a page that nobody but its author and the moderators has seen: its row changes too."""
    propose_revision(page=page, title=title, source=source, facts=facts, answers=answers, case=case, today=today)
    page.flags = list(flags)
    _write(page, title, source, facts)


@transaction.atomic
def correct_published(*, page: Page, title: str, source: str, facts: Said, answers: Said, today: date) -> None:
    """New words that readers and the search have at once."""
    _record(page, one_line(title), many_lines(source), facts, answers, None, today)
    page.updated_on = today
    _write(page, title, source, facts)
    list_again(page)
    store(page.source_key, passages(page))
    stale(page)


@transaction.atomic
def edit_proposed(
    *, page: Page, case: Case, title: str, source: str, facts: Said, answers: Said, by: User | None, today: date
) -> Revision:
    """A moderator's small changes to the revision that waits in `case`, in whose place they wait from now on."""
    proposed = page.revisions.get(case=case)
    page.revisions.filter(pk=proposed.pk).update(case=None)
    return Revision.objects.create(
        page=page,
        origin=Revision.Origin.MODERATOR,
        title=one_line(title),
        source=many_lines(source),
        byline=proposed.byline,
        facts=facts,
        answers=answers,
        case=case,
        by=by,
        made_on=today,
    )


@transaction.atomic
def take_edit_back(*, page: Page, case: Case) -> None:
    """The words as their author sent them wait again."""
    edit = page.revisions.get(case=case)
    before = page.revisions.filter(number__lt=edit.number).last()
    if edit.origin == Revision.Origin.MODERATOR and before:
        edit.delete()
        page.revisions.filter(pk=before.pk).update(case=case)


@transaction.atomic
def restore_page(*, page: Page, kept: Mapping[str, Any], revision: Revision | None) -> None:
    """As it stood: `kept` are values of its columns, as JSON keeps them, and `revision` has its words."""
    if revision:
        page.title, page.source, page.facts = revision.title, revision.source, revision.facts
        page.byline = revision.byline
    for name, value in kept.items():
        setattr(page, name, date.fromisoformat(value) if name in DAYS and value else value)
    render_if_shown(page)
    page.save()
    list_again(page)
    if page.is_published:
        store(page.source_key, passages(page))
    else:
        remove_group(page.source_key)
    stale(page)


@transaction.atomic
def remove_name(*, page: Page) -> None:
    """From the page and from every revision, and so from everything that is made of them."""
    page.revisions.update(byline="")
    page.byline = ""
    page.save(update_fields=["byline"])
    stale(page)


def _write(page: Page, title: str, source: str, facts: Said) -> None:
    page.title, page.source, page.facts = one_line(title), many_lines(source), facts
    render_if_shown(page)
    page.save()


def _record(page: Page, title: str, source: str, facts: Said, answers: Said, case: Case | None, today: date) -> None:
    Revision.objects.create(
        page=page,
        origin=Revision.Origin.VISITOR,
        title=title,
        source=source,
        byline=page.byline,
        facts=facts,
        answers=answers,
        case=case,
        made_on=today,
    )
