"""What strangers' pages ask the database. Each question is put together once (sql/asking.py); its words stay those of
the querysets."""

from dataclasses import dataclass

from django.http import Http404

from tips.outcomes.models import Outcome
from tips.pages.endings import tombstone
from tips.pages.models import HOME, Page, Visibility
from tips.photos.models import Photo
from tips.sql.asking import Question

NEWEST_AT_HOME = 4

_at = Question(lambda slug, left: Page.objects.filter(slug__in=(slug, left)))
_home = Question(lambda: Page.objects.published().filter(slug=HOME))
_outcome = Question(lambda page: Outcome.objects.filter(page=page))
named = Question(lambda *slugs: Page.objects.published().named().filter(slug__in=slugs))
newest = Question(lambda: Page.objects.published().named().by_visitors().newest_first()[:NEWEST_AT_HOME])
subjects = Question(lambda page: Page.objects.published().named().filter(visitors_pages=page).order_by("pk"))
photos = Question(lambda page: Photo.objects.published().filter(page=page).in_order())


@dataclass(frozen=True)
class Gone(Exception):
    """There was a page here once: 410."""

    slug: str


def find_page(slug: str, *kinds: str) -> Page:
    """The published page at this address; Http404 if there was never one, Gone if there was."""
    page = next((each for each in _at(slug, tombstone(slug)) if each.kind in kinds), None)
    if page is None or page.visibility == Visibility.UNPUBLISHED:
        raise Http404(slug)
    if not page.is_published:
        raise Gone(slug)
    return page


def home_page() -> Page | None:
    return _home.first()


def outcome_of(page: Page) -> Outcome | None:
    return _outcome.first(page.pk)
