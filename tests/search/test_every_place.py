"""Every place on a page where the words stand, and nothing from elsewhere."""

import pytest
from django.test import Client
from django.utils import timezone

from tests import make
from tips.moderation import flows
from tips.search.finding import search, search_page

pytestmark = pytest.mark.django_db

PARTS = "\n\n".join(f"## Part {n} {{#part-{n}}}\n\nHere the psoas comes up, number {n}." for n in range(6))


def test_a_page_with_more_than_three_places_leads_to_all_of_them():
    page = make.article("psoas", "A deep muscle", PARTS)
    (each,) = search("psoas").pages
    assert (len(each.passages), each.places) == (3, 6)
    text = Client().get("/search/", {"q": "psoas"}).content.decode()
    assert "All 6 on this page" in text
    listed = Client().get("/search/", {"q": "psoas", "in": page.get_absolute_url()}).content.decode()
    assert [n for n in range(6) if f'href="/articles/psoas/#part-{n}"' in listed] == [0, 1, 2, 3, 4, 5]
    assert listed.index("#part-0") < listed.index("#part-5")


def test_every_place_of_a_long_paragraph_is_listed():
    story = " ".join(
        ["The psoas hurt.", *["Other words stand between the places, many of them, one after the other."] * 8] * 5
    )
    page = make.page("One long paragraph", story)
    (each,) = search_page("psoas", page.get_absolute_url()).pages
    assert each.places == 5
    assert all(place.html.count("<mark>") == 1 for place in each.passages)


def test_replies_under_the_page_count_and_those_of_other_pages_do_not():
    page, other = make.page("Mine", "My psoas was sore."), make.page("Yours", "Your psoas was sore.")
    reply = make.comment(page, "The psoas again.")
    make.comment(other, "The psoas elsewhere.")
    (each,) = search_page("psoas", page.get_absolute_url()).pages
    assert [place.url for place in each.passages][-1] == reply.get_absolute_url()
    assert "elsewhere" not in "".join(place.html for place in each.passages)


def test_common_words_are_listed_too_however_large_the_site(monkeypatch):
    page = make.page("Rare and common", "Glimmerwort.\n\nMy back.\n\nThe back again.")
    for number in range(6):
        make.page(f"Page {number}", "A back and other words.")
    monkeypatch.setattr("tips.index.match.COMMON", 0.0)
    (each,) = search_page("glimmerwort back", page.get_absolute_url()).pages
    assert each.places == 3


def test_a_page_hidden_meanwhile_has_no_places(monkeypatch):
    page = make.page("Quibblefish", "Quibblefish.")
    monkeypatch.setattr("tips.pages.flows.remove_group", lambda group: None)
    case = make.case_of(page)
    flows.hide(case=case, reason="hate", note="", by=None, version=case.version, now=timezone.now())
    assert search_page("quibblefish", page.get_absolute_url()).total == 0


@pytest.mark.parametrize("where", ["/nowhere/", "'", "\x00", "/" * 5000, "https://example.org/"])
def test_an_address_of_nothing_is_taken_kindly(where):
    answer = Client().get("/search/", {"q": "psoas", "in": where})
    assert answer.status_code == 200
    assert "nowhere on that page" in answer.content.decode()


def test_six_questions_to_the_database_at_most(django_assert_max_num_queries):
    page = make.article("psoas", "A deep muscle", PARTS)
    for number in range(5):
        make.comment(page, f"The psoas, number {number}.")
    Client().get("/search/", {"q": "psoas", "in": page.get_absolute_url()})
    with django_assert_max_num_queries(6):
        Client().get("/search/", {"q": "psoas", "in": page.get_absolute_url()})
