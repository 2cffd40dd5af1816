"""Olga sees what was looked for in vain, and puts a page first."""

from datetime import date

import pytest
from django.test import Client

from tests import make
from tips.freshness.slots import bump
from tips.search.models import Promotion, Unanswered
from tips.search.promoted import GENERATION

pytestmark = pytest.mark.django_db


@pytest.fixture
def olga():
    return make.signed_in(make.olga())


def addresses(q: str, **more: str) -> list[str]:
    return [hit["url"] for hit in Client().get("/search.json", {"q": q, **more}).json()["hits"]]


def promote(olga: Client, words: str, page) -> None:
    answer = olga.post("/desk/searches/", {"words": words, "page": page.pk})
    assert answer.status_code == 303
    bump(GENERATION)  # the test's own transaction never commits


def test_olga_sees_the_words_the_number_and_the_last_day(olga):
    for day in (20, 22):
        Unanswered.objects.create(words="wobbleboard", day=date(2026, 11, day), times=3)
    text = olga.get("/desk/searches/").content.decode()
    assert all(said in text for said in ("wobbleboard", ">6<", "22 November"))
    assert "/desk/searches/" in olga.get("/desk/").content.decode()


def test_a_page_put_first_comes_first_for_these_words_in_any_form(olga):
    make.page("Hot bath", "A hot bath helped.")
    chosen = make.article("heat", "Warmth", "Warm muscles let go.")
    promote(olga, "hot baths", chosen)
    assert addresses("Hot bath")[0] == chosen.get_absolute_url()
    assert "chosen for these words" in Client().get("/search/", {"q": "hot bath"}).content.decode()
    assert addresses("hot") == ["/pages/hot-bath/"]
    assert addresses("hot bath", sort="newest") == ["/pages/hot-bath/"]


def test_a_page_put_first_is_found_where_nothing_else_is(olga):
    chosen = make.article("heat", "Warmth", "Warm muscles let go.")
    promote(olga, "wobbleboard", chosen)
    assert addresses("wobbleboard") == [chosen.get_absolute_url()]


def test_a_page_put_first_and_hidden_since_is_not_shown(olga):
    page = make.page("Hot bath", "A hot bath helped.")
    promote(olga, "wobbleboard", page)
    page.take_down()
    assert addresses("wobbleboard") == []


def test_olga_stops_it(olga):
    promote(olga, "wobbleboard", make.article("heat", "Warmth", "Warm muscles let go."))
    assert olga.post(f"/desk/searches/{Promotion.objects.get().pk}/stop/").status_code == 303
    bump(GENERATION)
    assert addresses("wobbleboard") == []


def test_what_nobody_approved_cannot_be_put_first(olga):
    answer = olga.post("/desk/searches/", {"words": "wobbleboard", "page": make.waiting_page().pk})
    assert (answer.status_code, Promotion.objects.count()) == (422, 0)
    assert olga.post("/desk/searches/", {"words": " - ", "page": make.article().pk}).status_code == 422


def test_mina_may_not(olga):
    assert make.signed_in(make.mina()).get("/desk/searches/").status_code == 404
