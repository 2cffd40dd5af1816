"""Vik thinks a decision was wrong: said once, with the private code, and looked at by somebody else if there is one."""

import pytest
from django.test import Client
from django.utils import timezone

from tests import make
from tests.receipts.test_letters_about_replies import Box, words_of
from tests.sharing.mine import opened, page_and_code, press, text_of
from tips.cases.models import Objection
from tips.moderation import flows

pytestmark = pytest.mark.django_db
WHY = "My page sells nothing: the cushion is my grandmother’s."


def declined(by=None, **over):
    page, code = page_and_code(public=False, **over)
    case = make.case_of(page)
    flows.decline(case=case, reason="spam-product", note="", by=by or make.mina(), version=1, now=timezone.now())
    return page, code


def objected(**over) -> tuple:
    page, code = declined(**over)
    press(opened(code), "objection", objection=WHY)
    return page, code, Objection.objects.get().case


def answer(who, case, action, **over):
    said = {"action": action, "version": case.version, "reason": "spam-product", "note": "It names a shop.", **over}
    return make.signed_in(who).post(f"/moderation/objections/{case.pk}/", said)


def test_the_private_page_offers_it_and_the_queue_shows_it():
    _page, code = declined()
    vik = opened(code)
    assert "Ask for another look" in text_of(vik.get("/mine/"))
    assert "Say that it was wrong" in text_of(press(vik, "object"))
    assert "look at it again" in text_of(press(vik, "objection", objection=WHY))
    case = Objection.objects.get().case
    assert (case.kind, case.priority) == ("objection", 1)
    assert "Objection to a decision" in text_of(make.signed_in(make.olga()).get("/moderation/"))


def test_once_for_each_decision():
    _page, code, _case = objected()
    again = press(opened(code), "objection", objection="And another thing.")
    assert again.status_code == 409
    assert Objection.objects.count() == 1


def test_there_is_nothing_to_object_to_where_nothing_was_decided_against_it():
    _page, code = page_and_code()
    assert press(opened(code), "objection", objection=WHY).status_code == 409


def test_whoever_decided_leaves_it_to_another_moderator():
    page, _code, case = objected()
    make.olga()
    assert answer(make.mina(), case, "overturn").status_code == 409
    page.refresh_from_db()
    assert not page.is_published
    assert answer(make.olga(), case, "overturn").status_code == 303
    page.refresh_from_db()
    assert page.is_published
    assert Client().get(page.get_absolute_url()).status_code == 200


def test_where_there_is_only_one_they_decide_anew_with_a_new_reason():
    _page, code, case = objected()
    assert answer(make.mina(), case, "uphold", note="").status_code == 422
    assert answer(make.mina(), case, "uphold").status_code == 303
    told = text_of(opened(code).get("/mine/"))
    assert "it stays as it was decided" in told
    assert "It names a shop." in told


def test_it_is_answered_once():
    _page, _code, case = objected()
    answer(make.mina(), case, "uphold")
    assert answer(make.mina(), case, "overturn").status_code == 409
    assert case.decisions.count() == 1


def test_who_left_an_address_gets_the_answer():
    _page, _code, case = objected(email="vik@example.org")
    Box().fetch(timezone.now())
    answer(make.mina(), case, "uphold")
    letters = [each for each in Box().fetch(timezone.now()) if "looked at it again" in each["Subject"]]
    assert "It names a shop." in words_of(letters[0])


@pytest.mark.parametrize("who", [None, make.ana], ids=["stranger", "member"])
def test_nobody_else_reads_objections(who):
    _page, _code, case = objected()
    client = make.signed_in(who()) if who else Client()
    assert client.get(f"/moderation/objections/{case.pk}/").status_code == (404 if who else 302)


def test_erasing_takes_its_words_too():
    _page, code, _case = objected()
    press(opened(code), "erase")
    assert Objection.objects.get().text == ""
