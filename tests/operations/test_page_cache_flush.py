"""A change throws away the pages that show it, and no others."""

import functools
import itertools
from collections.abc import Callable

import pytest
from django.utils import timezone

from backsite.pagecache import PageCache
from tests import make
from tests.operations.cached import Clock, Rendering, read
from tips.freshness import slots
from tips.moderation import flows as moderation
from tips.pages.flows import edit_page
from tips.pages.models import Page
from tips.pages.revising import remove_name
from tips.reading import asking, views

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_connection", "a_slot_for_each_name")]
PER_PAGE = 4
LISTS = ["/", "/articles/", "/exercises/", "/pages/", "/pages/?area=neck", "/pages/?about=hip-hinge", "/glossary/"]
FEEDS = ["/feeds/articles.atom", "/feeds/pages.atom", "/feeds/pages.atom?area=neck", "/sitemap.xml"]


@pytest.fixture
def a_slot_for_each_name(monkeypatch) -> None:
    """Two names that share one by chance throw away more than they need."""
    numbers = itertools.count()
    monkeypatch.setattr(slots, "place", functools.cache(lambda _name: next(numbers)))


@pytest.fixture
def thrown_away(django_capture_on_commit_callbacks) -> Callable[[Callable[[], object]], set[str]]:
    """The addresses that were kept before a change and had to be rendered again after it."""
    site = Rendering()
    cache = PageCache(site, Clock())

    def rendered(address: str) -> bool:
        before = site.times
        read(cache, address)
        return site.times > before

    def after(change: Callable[[], object]) -> set[str]:
        pages = [page.get_absolute_url() for page in Page.objects.published()]
        addresses = [*LISTS, *FEEDS, *pages, *(f"{page}comments.atom" for page in pages if page != "/")]
        for address in addresses:
            rendered(address)
        assert not any(rendered(address) for address in addresses), "not everything was kept"
        with django_capture_on_commit_callbacks(execute=True):
            change()
        return {address for address in addresses if rendered(address)}

    return after


@pytest.fixture
def site(monkeypatch) -> dict[str, Page]:
    """Three of the owner's pages, and of visitors' pages as many as fill a short list and a bit."""
    monkeypatch.setattr(views, "PER_PAGE", PER_PAGE)
    make.article("start-here", "Where to start")
    psoas = make.article("psoas", "The psoas", facts={"related": ["hip-hinge"]})
    hinge = make.exercise(related=["psoas"])
    old = make.page("Old", areas=["neck"], about=[hinge])
    for number in range(max(PER_PAGE, asking.NEWEST_AT_HOME) + 1):
        new = make.page(f"New, number {number}", about=[psoas])
    make.settle(timezone.now())
    return {"psoas": psoas, "hinge": hinge, "old": old, "new": new}


def both(page: Page) -> set[str]:
    return {page.get_absolute_url(), f"{page.get_absolute_url()}comments.atom"}


def test_a_reply_under_an_article_throws_away_that_article_and_its_feed(site, thrown_away):
    assert thrown_away(lambda: make.comment(site["psoas"])) == both(site["psoas"])


def test_a_reply_under_a_new_page_throws_away_the_lists_that_count_its_replies(site, thrown_away):
    wanted = both(site["new"]) | {"/", "/pages/", "/articles/psoas/"}
    assert thrown_away(lambda: make.comment(site["new"])) == wanted


def test_a_reply_under_an_old_page_leaves_home_and_the_first_list_alone(site, thrown_away):
    wanted = both(site["old"]) | {"/pages/?area=neck", "/pages/?about=hip-hinge", "/exercises/hip-hinge/"}
    assert thrown_away(lambda: make.comment(site["old"])) == wanted


def test_hiding_a_reply_throws_away_no_more_than_its_appearing(site, thrown_away):
    case = make.comment(site["psoas"]).case
    said = {"reason": "off-topic", "note": "", "by": make.mina(), "version": case.version, "now": timezone.now()}
    assert thrown_away(lambda: moderation.hide(case=case, **said)) == both(site["psoas"])


def test_other_words_in_an_article_throw_away_what_names_it(site, thrown_away):
    page = Page.objects.get(slug="psoas")
    page.source = "## Why\n\nOther words."

    def edit() -> None:
        edit_page(page=page, by=make.olga(), today=make.TODAY)

    listed = {"/articles/", "/exercises/hip-hinge/", "/feeds/articles.atom", "/sitemap.xml"}
    about_it = {page.get_absolute_url() for page in site["psoas"].visitors_pages.all()}
    assert thrown_away(edit) == both(site["psoas"]) | listed | about_it


def test_a_name_taken_off_leaves_other_pages_alone(site, thrown_away):
    gone = thrown_away(lambda: remove_name(page=site["old"]))
    assert both(site["old"]) | {"/pages/?area=neck", "/exercises/hip-hinge/"} <= gone
    assert not gone & (both(site["psoas"]) | both(site["new"]) | {"/articles/", "/exercises/", "/glossary/"})


def test_what_the_owner_says_of_the_site_throws_away_everything(site, thrown_away):
    everything = thrown_away(lambda: slots.bump("practice"))
    assert {*LISTS, *FEEDS, *both(site["psoas"]), *both(site["new"])} <= everything
