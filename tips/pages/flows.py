"""What happens when a page appears, changes or goes. Comments and mails follow in the flows of those who call these."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from accounts.models import User
from tips.audit import log
from tips.cases.models import Case
from tips.index.passages import remove_group, store
from tips.pages.endings import tombstone
from tips.pages.fresh import stale, stale_words
from tips.pages.listing import list_again
from tips.pages.lists import PageArea
from tips.pages.models import Page, Revision
from tips.pages.passages import passages
from tips.pages.rendering import render_page
from tips.sql.plain import insert, new, put
from tips.text.clean import many_lines, one_line

WORDS = ("title", "summary", "source", "facts")
SETTINGS = ("comments_open", "in_search_engines", "reviewed_by", "reviewed_on", "next_review_on")


def unsaved_page(
    *, kind: str, title: str, source: str, byline: str, place: str, facts: dict[str, Any], flags: Sequence[str]
) -> Page:
    """A visitor's page as it would be stored; nothing is. It is rendered when somebody is to see it."""
    return new(
        Page,
        kind=kind,
        title=one_line(title),
        source=many_lines(source),
        byline=one_line(byline),
        place=one_line(place),
        facts=facts,
        flags=list(flags),
    )


@transaction.atomic(savepoint=False)
def propose_page(
    *,
    kind: str,
    title: str,
    source: str,
    byline: str,
    place: str,
    areas: Sequence[str],
    about: Sequence[Page],
    facts: dict[str, Any],
    flags: Sequence[str],
    case: Case,
    today: date,
) -> Page:
    """A visitor's page, waiting: not public, not searchable, at a random address."""
    page = unsaved_page(
        kind=kind, title=title, source=source, byline=byline, place=place, facts=facts, flags=list(flags)
    )
    insert(page)
    for slug in dict.fromkeys(areas):
        put(PageArea, page_id=page.pk, slug=slug)
    if about:
        page.about.add(*about)
    put(
        Revision,
        page_id=page.pk,
        number=1,
        origin=Revision.Origin.VISITOR,
        title=page.title,
        source=page.source,
        byline=page.byline,
        facts=page.facts,
        case_id=case.pk,
        made_on=today,
    )
    return page


@transaction.atomic
def publish_page(*, page: Page, today: date, revision: Revision | None = None) -> Page:
    """Public and found by the search from the commit on."""
    if revision is not None:
        page.title, page.source, page.byline = revision.title, revision.source, revision.byline
        page.facts = revision.facts
        page.flags = revision.case.flags if revision.case else page.flags
    render_page(page)
    page.show(today)
    list_again(page)
    store(page.source_key, passages(page))
    stale(page)
    return page


@transaction.atomic
def edit_page(*, page: Page, by: User, today: date, why: str = "") -> Page:
    """Store what an editor changed in `page`, one of the owner's. New words make a revision, which content files
    respect; a review, or whether replies are open, makes none."""
    stored = Page.objects.select_for_update().get(pk=page.pk)
    page.save(update_fields=SETTINGS)
    if any(getattr(stored, name) != getattr(page, name) for name in WORDS):
        _rewrite(page, by, today, why)
    log.append(
        actor=f"staff:{by.pk}", action="edit", about=page.source_key, reason=why[:40], content=page.source, day=today
    )
    (stale_words if page.title == stored.title else stale)(page)
    return page


def _rewrite(page: Page, by: User, today: date, why: str) -> None:
    render_page(page)
    page.updated_on = today
    page.save(update_fields=(*WORDS, "html", "headings", "updated_on"))
    Revision.objects.create(
        page=page,
        origin=Revision.Origin.OWNER,
        title=page.title,
        source=page.source,
        facts=page.facts,
        by=by,
        made_on=today,
        why=why,
    )
    if page.is_published:
        store(page.source_key, passages(page))


@transaction.atomic
def take_down_page(*, page: Page) -> Page:
    """Gone from the site and, with every reply under it, from the search."""
    page.take_down()
    list_again(page)
    remove_group(page.source_key)
    stale(page)
    return page


@transaction.atomic
def erase_page(*, page: Page) -> Page:
    """Its words are gone from every row, its address too; what stays is a tombstone by which that is known as gone."""
    page.revisions.update(title="", source="", byline="", facts={}, answers={})
    page.about.clear()
    page.areas.all().delete()
    page.title = page.summary = page.source = page.html = page.byline = page.place = ""
    page.facts, page.flags, page.headings = {}, [], []
    page.slug = tombstone(page.slug)
    page.save()
    return page
