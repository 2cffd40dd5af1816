"""The link in the letter that something waits: to one thing, for two days, once, and only for who is signed in."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from tests import make
from tests.course.mailbox import Mailbox
from tests.course.mailbox import text_of as words_of
from tests.sharing.mine import text_of
from tips.mail import outbox
from tips.mail.sending import send_due
from tips.moderation import by_letter
from tips.moderation.letters import PURPOSES, waiting

pytestmark = pytest.mark.django_db


def link(case, *, ago=timedelta()) -> str:
    return f"/moderation/letter/{by_letter.word(case, now=timezone.now() - ago)}/"


def test_looking_decides_nothing_and_one_press_decides():
    page = make.waiting_page()
    case, mina = make.case_of(page), make.signed_in(make.mina())
    address = link(case)
    assert "let go" in text_of(mina.get(address))
    case.refresh_from_db()
    assert case.state == "waiting"
    assert mina.post(address, {"action": "publish"}).status_code == 303
    page.refresh_from_db()
    assert page.is_published


def test_the_letter_brings_the_link_and_nothing_of_what_waits():
    page, mailbox = make.waiting_page(), Mailbox()
    with transaction.atomic():
        outbox.compose(
            "moderation/mail/waiting", to="olga@example.org", context={}, key="waiting:1", now=timezone.now()
        )
    send_due(PURPOSES, now=timezone.now(), transport=mailbox)
    (letter,) = mailbox.mails
    assert "1 thing waits to be read" in words_of(letter)
    assert "/moderation/letter/" in words_of(letter)
    assert page.title not in letter.as_string()


def test_it_works_once():
    case, mina = make.case_of(make.waiting_page()), make.signed_in(make.mina())
    address = link(case)
    mina.post(address, {"action": "spam"})
    mina.post(f"/moderation/decisions/{case.decisions.get().pk}/undo/")
    assert "no longer good" in text_of(mina.post(address, {"action": "publish"}))
    case.refresh_from_db()
    assert case.state == "waiting"


@pytest.mark.parametrize("change", ["old", "forged", "of another"])
def test_old_and_forged_links_lead_to_the_same_kind_page(change):
    case, mina = make.case_of(make.waiting_page()), make.signed_in(make.mina())
    address = {
        "old": link(case, ago=timedelta(hours=49)),
        "forged": link(case)[:-3] + "xy/",
        "of another": "/moderation/letter/abc.def/",
    }[change]
    assert "no longer good" in text_of(mina.post(address, {"action": "publish"}))
    case.refresh_from_db()
    assert case.state == "waiting"


@pytest.mark.parametrize("who", [None, make.ana], ids=["stranger", "member"])
def test_a_mailbox_is_no_second_factor(who):
    case = make.case_of(make.waiting_page())
    client = make.signed_in(who()) if who else Client()
    assert client.post(link(case), {"action": "publish"}).status_code == (404 if who else 302)
    case.refresh_from_db()
    assert case.state == "waiting"


def test_the_letter_carries_it(rf):
    case = make.case_of(make.waiting_page())
    letter = waiting(None, {})
    address = next(line for line in letter.text.splitlines() if "/moderation/letter/" in line)
    path = address.strip().partition("//")[2].partition("/")[2]
    assert text_of(make.signed_in(make.mina()).get(f"/{path}")).count(f"/moderation/{case.pk}/")
