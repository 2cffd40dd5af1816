"""The site's own pages, from files into the database: as often as wanted, and what the owner rewrote is kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import prefetch_related_objects

from tips.index.passages import store
from tips.pages.files import PageFile, page_files
from tips.pages.flows import publish_page
from tips.pages.fresh import stale_words
from tips.pages.lists import PageArea
from tips.pages.models import OWNER_KINDS, Page, Revision
from tips.pages.passages import passages
from tips.pages.rendering import render_page


@dataclass(frozen=True)
class Loaded:
    """Slugs: `changed` say what their files say now, `kept` still say what the owner wrote."""

    changed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


@transaction.atomic
def load_pages(*, today: date) -> Loaded:
    """Every file that changed since it was last loaded. Raises files.Unreadable, with nothing changed."""
    pages = {page.slug: page for page in Page.objects.of_kind(*OWNER_KINDS).defer("html", "source")}
    changed, kept = [], []
    for file in page_files(Path(settings.CONTENT_DIR)):
        page = pages.get(file.slug) or Page(slug=file.slug)
        if page.loaded_digest == file.digest:
            continue
        page.loaded_digest = file.digest
        if _rewritten_by_owner(page):
            page.save(update_fields=["loaded_digest"])
            kept.append(file.slug)
        else:
            _load(page, file, today)
            changed.append(file.slug)
    return Loaded(tuple(changed), tuple(kept))


def _rewritten_by_owner(page: Page) -> bool:
    if page.pk is None:
        return False
    newest = page.revisions.order_by("-number").first()
    return newest is not None and newest.origin != Revision.Origin.CONTENT


def _load(page: Page, file: PageFile, today: date) -> None:
    new = page.pk is None
    page.kind, page.title, page.summary = file.kind, file.title, file.summary
    page.facts, page.source = file.facts, file.source
    render_page(page)
    page.save()
    Revision.objects.create(
        page=page,
        origin=Revision.Origin.CONTENT,
        title=page.title,
        source=page.source,
        facts=page.facts,
        made_on=today,
    )
    _set_areas(page, file.areas)
    if new or page.is_published:  # a page that the owner took down stays down
        publish_page(page=page, today=today)


def _set_areas(page: Page, slugs: Iterable[str]) -> None:
    PageArea.objects.filter(page=page).delete()
    PageArea.objects.bulk_create(PageArea(page=page, slug=slug) for slug in slugs)
    prefetch_related_objects([page], "areas")


@transaction.atomic
def render_again() -> int:
    """After the glossary changed: link its terms anew in every page of the site's own. How many pages differ."""
    pages = Page.objects.of_kind(*OWNER_KINDS).prefetch_related("areas")
    return sum(_render_again(page) for page in pages)


def _render_again(page: Page) -> bool:
    before = page.html
    render_page(page)
    if page.html == before:
        return False
    page.save(update_fields=["html", "headings"])
    if page.is_published:
        store(page.source_key, passages(page))
    stale_words(page)
    return True
