"""Vik is told of replies: after he confirmed the address, bursts as one letter, until he presses stop."""

import re
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from django.test import Client
from django.utils import timezone

from backsite.work import PURPOSES
from tests import make
from tests.sharing.mine import opened, page_and_code, press, receipt_of, reply_and_code, text_of
from tips.mail.envelope import Envelope
from tips.mail.sending import send_due
from tips.moderation import flows as moderation
from tips.receipts import replies
from tips.receipts.models import Address

pytestmark = pytest.mark.django_db
MAIL = "vik@example.org"


class Box:
    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []

    def send(self, envelope: Envelope) -> str:
        self.letters.append(message_from_bytes(envelope.body, policy=policy.default))
        return "250 2.0.0"

    def close(self) -> None:
        pass

    def fetch(self, now) -> list[EmailMessage]:
        before = len(self.letters)
        while send_due(PURPOSES, now=now, transport=self):
            pass
        return self.letters[before:]


@pytest.fixture
def box() -> Box:
    return Box()


def words_of(letter: EmailMessage) -> str:
    part = letter.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def link_in(letter: EmailMessage, path: str) -> str:
    found = re.search(rf"https?://[^/\s]+({re.escape(path)}\S*)", words_of(letter))
    assert found
    return found[1]


def confirmed(box: Box, code: str) -> None:
    vik = opened(code)
    press(vik, "letters", email=MAIL)
    (letter,) = box.fetch(timezone.now() + timedelta(seconds=1))
    assert Client().post(link_in(letter, "/mine/replies/")).status_code == 200


def reply_at(page, text, now, **over):
    comment = make.waiting_comment(page, text, **over)
    moderation.publish(case=comment.case, by=None, version=1, now=now)
    return comment


def test_nothing_is_mailed_before_the_button_is_pressed_and_looking_presses_nothing(box):
    page, code = page_and_code()
    vik = opened(code)
    assert "A letter is on its way" in text_of(press(vik, "letters", email=MAIL))
    (ask,) = box.fetch(timezone.now() + timedelta(seconds=1))
    assert (ask["To"], "wheelbarrow" in f"{ask['Subject']}{words_of(ask)}".lower()) == (MAIL, False)
    link = link_in(ask, "/mine/replies/")
    for _ in range(2):
        assert "Is this your address?" in text_of(Client().get(link))
    now = timezone.now()
    reply_at(page, "Too early.", now)
    assert box.fetch(now + timedelta(hours=1)) == []
    assert "Thank you" in text_of(Client().post(link))
    assert "This link has done its work" in text_of(Client().post(link))
    assert "We write to you when there are replies." in text_of(vik.get("/mine/"))


def test_a_burst_is_one_letter_ten_minutes_later_that_names_nobody(box):
    page, code = page_and_code()
    confirmed(box, code)
    start = timezone.now().replace(minute=31, second=0, microsecond=0)
    for minute in (0, 2, 5):
        reply_at(page, f"Reply {minute}.", start + timedelta(minutes=minute), byline="Wilhelm Zqx")
    assert box.fetch(start + timedelta(minutes=10)) == []
    (letter,) = box.fetch(start + timedelta(minutes=31))
    assert letter["Subject"] == "Back exercises: 3 replies have come in"
    assert "Wilhelm" not in words_of(letter)
    assert "Reply 0" not in words_of(letter)
    assert Client().get(link_in(letter, "/pages/").partition("#")[0]).status_code == 200
    assert box.fetch(start + timedelta(days=1)) == []


def test_every_letter_stops_them_by_one_click_of_the_mail_program(box):
    page, code = page_and_code()
    confirmed(box, code)
    now = timezone.now()
    reply_at(page, "One.", now)
    (letter,) = box.fetch(now + timedelta(minutes=30))
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    stop = letter["List-Unsubscribe"].strip("<>")
    assert len(stop) < 70
    assert Address.objects.filter(purpose="replies").count() == 1
    assert "No more letters about replies?" in text_of(Client().get(stop))
    assert Address.objects.filter(purpose="replies").count() == 1, "looking stops nothing"
    reply_at(page, "Two.", now + timedelta(hours=1))
    answer = Client().post(stop, {"List-Unsubscribe": "One-Click"}, headers={"origin": "null"})
    assert answer.status_code == 200
    assert not Address.objects.filter(purpose="replies").exists()
    assert box.fetch(now + timedelta(hours=3)) == []


def test_what_was_hidden_again_within_ten_minutes_is_told_to_nobody(box):
    page, code = page_and_code()
    confirmed(box, code)
    now = timezone.now()
    comment = reply_at(page, "A slip of the moderator.", now)
    comment.refresh_from_db()
    moderation.undo(decision=comment.case.decisions.get(), by=None, now=now + timedelta(minutes=3))
    assert box.fetch(now + timedelta(hours=1)) == []


def test_who_wrote_a_reply_is_told_of_answers_to_it_and_not_of_others(box):
    page = make.page()
    comment, code = reply_and_code(page, "My reply.")
    confirmed(box, code)
    now = timezone.now()
    reply_at(page, "Beside it.", now)
    assert box.fetch(now + timedelta(hours=1)) == []
    reply_at(page, "An answer.", now + timedelta(hours=2), parent=comment)
    assert len(box.fetch(now + timedelta(hours=3))) == 1


def test_an_address_that_nobody_confirmed_is_forgotten_after_a_week():
    _page, code = page_and_code()
    receipt, now = receipt_of(code), timezone.now()
    replies.ask(receipt=receipt, email=MAIL, now=now)
    assert replies.forget_unconfirmed(today=now.date() + timedelta(days=6)) == 0
    assert replies.forget_unconfirmed(today=now.date() + timedelta(days=7)) == 1


@pytest.mark.parametrize("word", ["x", "AAAA", "%E2%98%82", "A" * 60])
def test_a_made_up_word_stops_nothing_and_says_the_same(word, box):
    _page, code = page_and_code()
    confirmed(box, code)
    assert "Stopped" in text_of(Client().post(f"/r/{word}"))
    assert Address.objects.filter(purpose="replies").count() == 1


def test_taking_the_page_down_stops_the_letters(box):
    page, code = page_and_code()
    confirmed(box, code)
    now = timezone.now()
    reply_at(page, "One.", now)
    press(opened(code), "withdraw")
    assert box.fetch(now + timedelta(hours=1)) == []
    assert not Address.objects.filter(purpose="replies").exists()
