"""Mina asks for a change; the author finds the words as they were, changes them, and the same case goes on."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests import make
from tests.receipts.test_letters_about_replies import Box, words_of
from tests.sharing.mine import STORY, opened, page_and_code, press, text_of
from tips.receipts.models import Address

pytestmark = pytest.mark.django_db


def ask(case, **over):
    said = {"action": "ask", "version": case.version, "reason": "", "note": "Please leave out the surname.", **over}
    return make.signed_in(make.mina()).post(f"/moderation/{case.pk}/", said)


def test_a_question_needs_words():
    case = make.case_of(make.waiting_page())
    assert ask(case, note="").status_code == 422
    case.refresh_from_db()
    assert case.state == "waiting"


def test_the_words_come_back_as_a_draft_and_the_next_version_goes_on_in_the_same_case():
    page, code = page_and_code(public=False)
    case = make.case_of(page)
    assert ask(case).status_code == 303
    vik = opened(code)
    told = text_of(vik.get("/mine/"))
    assert "Please change something" in told
    assert "Please leave out the surname." in told
    assert STORY in text_of(press(vik, "edit"))
    assert page.title not in text_of(make.signed_in(make.mina()).get("/moderation/")).split("<h2")[1]
    press(vik, "save", title="Wheelbarrow morning", story=STORY.replace("kitchen table", "quibblefish table"))
    case.refresh_from_db()
    assert case.state == "waiting"
    make.decide(case)
    page.refresh_from_db()
    assert "quibblefish" in text_of(Client().get(page.get_absolute_url()))


def test_sending_it_again_without_a_change_is_an_answer_too():
    page, code = page_and_code(public=False)
    ask(make.case_of(page))
    press(opened(code), "save", title="Wheelbarrow morning", story=STORY)
    assert make.case_of(page).state == "waiting"


def test_the_letter_says_what_to_change_and_the_address_is_kept_until_it_is_decided():
    page, _code = page_and_code(public=False, email="vik@example.org")
    ask(make.case_of(page))
    (letter,) = Box().fetch(timezone.now() + timedelta(minutes=11))
    assert letter["Subject"] == "Back exercises: about what you sent"
    assert "Please leave out the surname." in words_of(letter)
    assert "/mine/#" in words_of(letter)
    assert Address.objects.get().purge_on is None
    case = make.case_of(page)
    make.decide(case)
    assert Address.objects.get().purge_on


def test_it_can_be_undone_like_every_decision():
    page, _code = page_and_code(public=False)
    case = make.case_of(page)
    ask(case)
    make.signed_in(make.mina()).post(f"/moderation/decisions/{case.decisions.get().pk}/undo/")
    case.refresh_from_db()
    assert case.state == "waiting"
