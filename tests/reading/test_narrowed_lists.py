"""The narrowed lists hold, in the order of publishing, what is public and says that it belongs there: whatever happens
to a page, and however it got there."""

from collections.abc import Callable
from importlib import import_module

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from tests import make
from tests.sharing.mine import opened, page_and_code, press
from tips.cases.models import Action, Decision
from tips.moderation import flows as moderation
from tips.pages import fresh
from tips.pages.lists import Listed
from tips.pages.models import VISITOR_KINDS, Page

pytestmark = pytest.mark.django_db


def listed() -> list[tuple[int, str, str, int]]:
    return sorted(Listed.objects.values_list("page_id", "name", "kind", "sequence"))


def said() -> list[tuple[int, str, str, int]]:
    """The same, by what the pages say."""
    found = []
    for page in Page.objects.published().of_kind(*VISITOR_KINDS):
        areas = [fresh.area(each.slug) for each in page.areas.all()]
        about = [fresh.about(each) for each in page.about.all()]
        names = [*areas, *about, *(f"{one} {other}" for one in about for other in areas)]
        found += [(page.pk, name, page.kind, page.sequence) for name in names]
    return sorted(found)


def shown(query: str) -> list[str]:
    """Titles, in order."""
    text = Client().get(f"/pages/?{query}").content.decode()
    titles = [page.title for page in Page.objects.by_visitors() if page.title and f">{page.title}<" in text]
    return sorted(titles, key=lambda title: text.index(f">{title}<"))


def decide(page: Page, what: Callable[..., Decision]) -> Decision:
    case = make.case_of(page)
    return what(case=case, reason="off-topic", note="", by=None, version=case.version, now=timezone.now())


@pytest.fixture
def hinge() -> Page:
    return make.exercise()


def test_each_list_has_what_was_asked_for_the_newest_first(hinge):
    make.page("First", areas=["neck"], about=[hinge], kind="tip")
    make.page("Second", areas=["neck", "hip"], kind="question")
    make.page("Third", areas=["hip"], about=[hinge], kind="tip")
    make.page("Fourth", areas=[], kind="tip")
    make.waiting_page("Nobody has read it", areas=["neck"], about=[hinge])

    assert shown("area=neck") == ["Second", "First"]
    assert shown("about=hip-hinge") == ["Third", "First"]
    assert shown("kind=tip") == ["Fourth", "Third", "First"]
    assert shown("kind=tip&area=neck") == ["First"]
    assert shown("area=neck&about=hip-hinge") == ["First"]
    assert shown("kind=question&area=hip&about=hip-hinge") == []
    assert shown("") == ["Fourth", "Third", "Second", "First"]
    assert listed() == said()


def test_a_page_about_another_shows_the_six_that_were_published_last(hinge):
    waiting = make.waiting_page("Written first, published last", about=[hinge])
    for number in range(7):
        make.page(f"Number {number}", about=[hinge])
    make.decide(make.case_of(waiting))

    text = Client().get("/exercises/hip-hinge/").content.decode()
    titles = ["Written first, published last", *(f"Number {number}" for number in (6, 5, 4, 3, 2))]
    assert sorted(titles, key=text.index) == titles
    assert "Number 1<" not in text


def test_a_narrowed_list_goes_on_where_it_ended(hinge, monkeypatch):
    monkeypatch.setattr("tips.reading.views.PER_PAGE", 2)
    for number in range(5):
        make.page(f"Number {number}", areas=["neck"], about=[hinge], kind="tip")
        make.page(f"Other {number}", areas=["neck"], kind="question")

    second = Page.objects.get(title="Number 3").sequence
    assert f"before={second}" in Client().get("/pages/?kind=tip&about=hip-hinge").content.decode()
    assert shown(f"kind=tip&about=hip-hinge&before={second}") == ["Number 2", "Number 1"]
    assert shown(f"about=hip-hinge&before={second}") == ["Number 2", "Number 1"]


def test_what_is_hidden_leaves_and_an_undo_brings_it_to_its_old_place(hinge):
    old = make.page("Old", about=[hinge])
    make.page("New", about=[hinge])

    hidden = decide(old, moderation.hide)
    assert shown("about=hip-hinge") == ["New"]
    assert listed() == said()

    moderation.undo(decision=hidden, by=None, now=timezone.now())
    assert shown("about=hip-hinge") == ["New", "Old"]
    assert listed() == said()


def test_publishing_that_is_undone_leaves_no_trace(hinge):
    page = make.page(about=[hinge])
    published = Decision.objects.get(case=make.case_of(page), action=Action.PUBLISH)

    moderation.undo(decision=published, by=None, now=timezone.now())
    assert listed() == []


def test_its_author_takes_it_down_comes_back_and_erases_it(hinge):
    page, code = page_and_code(about=[hinge])
    press(opened(code), "withdraw")
    assert listed() == []

    press(opened(code), "come-back")
    assert listed() == said()
    assert shown("about=hip-hinge") == [page.title]

    press(opened(code), "erase")
    assert listed() == []


def test_other_answers_move_it_to_other_lists(hinge):
    page, code = page_and_code(about=[hinge], areas=["lower-back"])

    press(opened(code), "answer", areas=["neck"], about=[])

    assert [name for _, name, _, _ in listed()] == ["area:neck"]
    assert listed() == said()
    assert (shown("area=neck"), shown("area=lower-back")) == ([page.title], [])


def test_a_site_of_made_up_pages_its_reload_and_a_new_index_have_them_in_their_lists():
    call_command("load_content", quiet=True)
    call_command("make_load", "--pages=30", "--comments=0")
    assert listed() == said() != []

    call_command("load_content", quiet=True)
    call_command("reindex")
    assert listed() == said()


def test_an_older_site_gets_its_lists(hinge):
    """What the migration makes is what the flows would have made."""
    make.page("Both", areas=["neck", "hip"], about=[hinge, make.exercise("bird-dog", "Bird dog")], kind="tip")
    make.waiting_page("Nobody has read it", areas=["neck"], about=[hinge])
    decide(make.page("Hidden", areas=["neck"], about=[hinge]), moderation.hide)
    Listed.objects.all().delete()

    with connection.cursor() as cursor:
        cursor.execute(import_module("tips.pages.migrations.0007_pages_listed").FILL)
    assert listed() == said() != []
