"""How a question was read is told and can be had otherwise; kinds, areas, order and pages of the list hold together."""

import re

import pytest
from django.test import Client

from tests import make
from tips.freshness.slots import bump
from tips.glossary.models import SynonymGroup

pytestmark = pytest.mark.django_db


def ask(q: str, **more: str) -> dict:
    return Client().get("/search.json", {"q": q, **more}).json()


def page(q: str, **more: str) -> str:
    return Client().get("/search/", {"q": q, **more}).content.decode()


@pytest.fixture
def words():
    make.article("abdomen", "Abdominal muscles", "Abdominal muscles hold you up.")
    SynonymGroup.objects.create(lay=["tummy"], means=["abdominal"], both=False, pages=["bridge"])
    bump("glossary")


def test_what_was_searched_as_well_is_named_and_can_be_switched_off_and_on(words):
    assert "Also searched: abdominal" in page("tummy")
    assert ask("tummy", only="1")["total"] == 0
    assert "Also search for abdominal" in page("tummy", only="1")


def test_slips_are_put_right_before_everyday_words_are_looked_up(words):
    found = ask("tumy")
    assert (found["corrected"], found["expanded"]) == ("tummy", ["abdominal"])


def test_a_page_that_the_staff_know_to_answer_a_word_is_among_the_first(words):
    make.exercise("bridge", "Hip lift", steps=["Lie down."])
    assert "/exercises/bridge/" in [hit["url"] for hit in ask("tummy")["hits"]]
    assert "/exercises/bridge/" not in [hit["url"] for hit in ask("tummy", only="1")["hits"]]


def test_a_page_without_approval_answers_nothing_and_corrects_nothing(words):
    make.waiting_page("Glimmerwort", "Glimmerwort helped my knee.")
    found = ask("glimmerwrt")
    assert (found["corrected"], found["meant"], found["total"]) == (None, None, 0)
    assert Client().get("/search/suggest/", {"q": "glim"}).json()["suggestions"] == []
    assert "limmerwort" not in page("glimmerwrt")


def test_what_is_hidden_corrects_nothing_any_more():
    shown = make.page("Wobble", "My glimmerwort helped.")
    assert ask("glimmerwrt")["corrected"] == "glimmerwort"
    make.moderation.hide(
        case=make.case_of(shown), reason="hate", note="", by=None, version=make.case_of(shown).version, now=make.NOW
    )
    assert ask("glimmerwrt")["corrected"] is None


def test_numbers_of_pages_stay_when_a_kind_is_chosen():
    make.article("psoas", "A muscle", "The psoas.")
    make.page("Mine", "My psoas.")
    text = page("psoas", kind="experience")
    assert all(said in text for said in ("All (2)", "Articles (1)", "Experiences (1)", "1 page where"))


def test_no_page_of_the_kind_leads_to_the_others():
    make.page("Mine", "My psoas.")
    assert "None here, but 1 of another kind" in page("psoas", kind="article")


def test_a_part_of_the_body_narrows_and_stays_chosen():
    make.page("Neck", "My psoas.", areas=["neck"])
    make.page("Groin", "My psoas.", areas=["hip-groin"])
    assert [hit["title"] for hit in ask("psoas", area="neck")["hits"]] == ["Neck"]
    assert 'value="neck" selected' in page("psoas", area="neck")


def test_every_page_comes_once_over_all_the_pages_of_the_list():
    for number in range(23):
        make.page(f"Page {number}", "My psoas was sore.")
    seen = [slug for n in "123" for slug in re.findall(r'<h2><a href="([^"]+)"', page("psoas", page=n))]
    assert (len(seen), len(set(seen))) == (23, 23)


def test_nothing_found_offers_less_of_the_question_and_the_form_with_the_words():
    make.page("Mine", "My psoas.")
    text = page('"psoas wheelbarrow"')
    assert 'href="/search/?q=psoas"' in text
    address = re.search(r'href="(/share/\?[^"]+)"', text)[1].replace("&amp;", "&")
    assert 'value="&quot;psoas wheelbarrow&quot;"' in Client().get(address).content.decode()


def test_a_warning_sign_in_the_words_leads_the_list():
    make.page("Numb between my legs", "I was numb between my legs and it was nothing.")
    assert ask("numb between my legs")["hits"][0]["url"] == "/warning-signs/#cauda-equina"


def test_only_signs_are_no_words():
    assert "There is no word in that" in page("\U0001f642")
