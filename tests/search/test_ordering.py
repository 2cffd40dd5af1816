"""Which page leads: one warning at most, what is named before what is met in passing, answers that the staff know."""

import pytest

from tests import make
from tips.glossary.models import Term
from tips.index.match import Hit
from tips.pages.terms import save_term
from tips.pages.warnings import store_warnings
from tips.search.finding import search
from tips.search.ordering import Leads, Names, in_order
from tips.search.public import Subject

pytestmark = pytest.mark.django_db


def addresses(text: str) -> list[str]:
    return [each.subject.url for each in search(text).pages]


def term(name: str, definition: str) -> None:
    save_term(term=Term(slug=name, name=name, definition=definition))


def test_however_many_signs_are_noticed_one_leads_and_then_come_the_pages():
    store_warnings()
    make.article("all", "Crushing chest pain, numb between the legs, cannot pee, and a hard fall", "What to do.")
    asked = "crushing chest pain, numb between my legs, cannot pee, and a hard fall off a ladder"
    assert len(search(asked).safety.marks) > 1
    first, second = addresses(asked)[:2]
    assert first.startswith("/warning-signs/#")
    assert second == "/articles/all/"


def test_a_word_of_the_glossary_that_was_asked_for_leads_and_one_met_in_passing_does_not():
    term("glimmer", "A wobble in the knee when you bend it.")
    make.article("knees", "About joints", "A wobble in the knee, when you bend it, is common. The glimmer is rare.")
    assert addresses("glimmer")[0] == "/glossary/#glimmer"
    assert addresses("wobble knee rare")[0] == "/articles/knees/"


def test_a_definition_that_says_all_of_what_was_asked_is_no_mention_in_passing():
    subject = Subject("term", "glimmer", "/glossary/#glimmer", "glimmer", "")
    told = hit(1, 1.0)._replace(group="term:1", kind="term", body="A wobble in the knee.")
    page = Subject("article", "knees", "/articles/knees/", "Knees", "")
    found = {"term:1": [told], "page:2": [hit(2, 0.9)]}
    subjects = {"term:1": subject, "page:2": page}

    def first(*words: str) -> str:
        return in_order(found, subjects, Leads(), Names(frozenset(words)))[0].subject.slug

    assert first("wobbl", "knee") == "glimmer"
    assert first("wobbl", "stair") == "knees"


def hit(key: int, score: float) -> Hit:
    return Hit(key, f"page:{key}", f"page:{key}", "article", f"/{key}/", "", "", "", None, score)


def test_a_page_that_answers_more_of_a_question_is_raised_more():
    subjects = {f"page:{key}": Subject("article", slug, f"/{key}/", slug, "") for key, slug in ((1, "one"), (2, "two"))}
    hits = {"page:1": [hit(1, 1.0)], "page:2": [hit(2, 0.9)]}
    part = in_order(hits, subjects, Leads(answers={"one": 0.3, "two": 0.7}))
    assert [group.subject.slug for group in part] == ["two", "one"]
    same = in_order(hits, subjects, Leads(answers={"one": 0.5, "two": 0.5}))
    assert [group.subject.slug for group in same] == ["one", "two"]


def test_where_nothing_at_all_is_found_even_an_unsure_correction_is_searched():
    make.article("words", "Kneeling", "The handbasin.")
    assert search("hendbesim").corrected == "handbasin"
    assert search("hendbesim kneeling").meant == "handbasin kneeling"
    assert search("hendbesim kneeling").corrected == ""


def test_words_that_are_only_run_together_stop_words_are_just_words():
    make.article("from", "From", "From this to that, and then the other.")
    assert search("fromthis tothat").raw == "fromthis tothat"


def test_what_a_question_is_put_in_is_not_what_it_is_about():
    make.article("sink", "Leaning", "Standing at the sink, lean on your hand.")
    make.article("know", "Wondering", "Know what you want to know, and tell others what you know.")
    assert addresses("how do i know what is best at the sink")[0] == "/articles/sink/"
    assert addresses("know") == ["/articles/know/"]
