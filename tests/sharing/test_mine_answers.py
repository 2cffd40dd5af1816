"""Vik mends what he ticked, counted and filled in: at once where he says nothing new, else once it was read
(test_mine_answers_read.py)."""

import re

import pytest
from django.test import Client

from tests import make
from tests.sharing.answers import FIRST, answer, mended, public_text, the_form
from tests.sharing.mine import opened, page_and_code, press, reply_and_code, text_of
from tips.cases.models import Case
from tips.freshness.slots import generation
from tips.index.models import StoredPassage
from tips.pages.fresh import VISITORS
from tips.sharing import answering, parts

pytestmark = pytest.mark.django_db


def areas_found(word: str) -> set[str]:
    return set(StoredPassage.objects.filter(body__icontains=word).values_list("areas", flat=True))


@pytest.mark.parametrize("kind", ["experience", "tip", "question"])
def test_it_asks_what_the_form_asks_of_this_kind_and_nothing_else(kind):
    _page, code = page_and_code(kind=kind)
    named = set(re.findall(r'name="(\w+)"', the_form(code))) & set(answering.Answering.base_fields)
    shared = {*parts.AnyPain.base_fields, *parts.ExperiencePart.base_fields} if kind == "experience" else set()
    assert named - {"about"} == (shared or set(answering.asked_of(kind))) - {"about"}
    other = {"experience": "steps", "tip": "pain_before", "question": "caution"}
    assert other[kind] not in named


def test_it_is_filled_with_what_was_answered():
    _page, code = mended()
    text = the_form(code)
    for code_of in ("lower-back", "pelvis-buttock", "walking", "rest"):
        assert re.search(rf'value="{code_of}"[^>]* checked', text), code_of
    for said in ("left", "1-6-weeks", "much-better", "7", "0"):
        assert f'<option value="{said}" selected>' in text, said
    assert 'value="Wales"' in text
    assert 'value="tying my shoes"' in text


def test_ticks_and_numbers_of_a_public_page_are_mended_at_once_everywhere():
    page, code = mended()
    make.comment(page, "Glimmerwort helped me.")
    said = {**FIRST, "areas": ["neck"], "pain_before": "9", "change": "a-little-worse", "side": "right"}
    assert "Your change is on the site." in text_of(answer(code, **said))
    text = public_text(page)
    assert "9 before, 0 after" in text
    assert "verall a little worse" in text
    assert "7 before" not in text
    assert page.title in text_of(Client().get("/pages/?area=neck"))
    assert page.title not in text_of(Client().get("/pages/?area=lower-back"))
    assert areas_found("wheelbarrow") == {"|neck|"}
    assert areas_found("glimmerwort") == {"|neck|"}
    assert Case.objects.waiting().count() == 0


def test_a_page_from_memory_is_drawn_anew(django_capture_on_commit_callbacks):
    page, code = mended()
    vik = opened(code)
    before = (generation(page.source_key), generation(VISITORS))
    with django_capture_on_commit_callbacks(execute=True):
        press(vik, "answer", **{**FIRST, "pain_before": "9"})
    assert generation(page.source_key) > before[0]
    assert generation(VISITORS) > before[1]


def test_a_public_page_can_be_said_to_be_about_others():
    make.article("psoas", "A deep muscle")
    make.article("neck-care", "Care of the neck")
    page, code = mended()
    answer(code, **FIRST, about=["psoas"])
    assert [each.slug for each in page.about.all()] == ["psoas"]
    answer(code, **FIRST, about=["neck-care"])
    assert [each.slug for each in page.about.all()] == ["neck-care"]
    assert Case.objects.waiting().count() == 0


def test_a_slip_of_the_pen_in_an_answer_is_mended_at_once():
    page, code = mended()
    assert "is on the site" in text_of(answer(code, **{**FIRST, "activity": "tying my boots"}))
    assert "tying my boots" in public_text(page)


def test_pressed_twice_it_is_changed_once():
    page, code = mended()
    vik = opened(code)
    said = {**FIRST, "pain_before": "9"}
    press(vik, "answer", **said)
    many = page.revisions.count()
    assert "Nothing has changed." in text_of(press(vik, "answer", **said))
    assert page.revisions.count() == many


def test_what_is_wrong_is_said_at_the_field_and_nothing_is_lost():
    page, code = mended()
    said = {
        **FIRST,
        "weeks_done": "many",
        "areas": ["neck", "pelvis-buttock", "hip-groin", "lower-back"],
        "why_not": "quibblefish",
    }
    answered = answer(code, **said)
    text = text_of(answered)
    assert answered.status_code == 422
    assert "whole number" in text
    assert "up to three places" in text
    for kept in ('value="many"', 'value="quibblefish"', 'value="Wales"'):
        assert kept in text
    assert page.revisions.count() == 2


def test_what_was_ticked_while_it_closed_is_kept_every_tick_of_it():
    page, code = mended()
    closed = press(Client(), "answer", **{**FIRST, "areas": ["neck", "hip-groin"]})
    fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', text_of(closed))
    assert ("areas", "neck") in fields
    assert ("areas", "hip-groin") in fields
    again = {name: [value for each, value in fields if each == name] for name, _ in fields if name != "form_token"}
    press(Client(), **{**again, "code": code})
    assert [each.slug for each in page.areas.order_by("slug")] == ["hip-groin", "neck"]


def test_a_reply_has_no_answers():
    page = make.page()
    _comment, code = reply_and_code(page)
    vik = opened(code)
    assert "Change my answers" not in text_of(vik.get("/mine/"))
    assert vik.get("/mine/?show=answers").status_code == 404
    assert press(vik, "answer", place="Wales").status_code == 404


def test_nothing_is_kept_twice_until_it_changes():
    page, code = page_and_code()
    assert [each.answers for each in page.revisions.all()] == [{}]
    answer(code, **FIRST)
    assert all(each.answers for each in page.revisions.all())
