"""Olga reads and answers messages in the site, without ever seeing an address."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from tests import make
from tests.course.mailbox import Mailbox, text_of
from tips.cases.models import Decision, State
from tips.contact import flows
from tips.contact.models import Answer, CannedAnswer, Message
from tips.practice.models import Practice

VIK = "vik@example.org"
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


@pytest.fixture
def write(db):
    def write(email=VIK, text="Where do I begin?\nMy knee clicks."):
        flows.send(name="Vik", email=email, text=text, wants_course=False, signals=(), now=NOON)
        return Message.objects.latest("pk")

    return write


@pytest.fixture
def olga(db):
    return make.signed_in(make.olga())


def page(message):
    return f"/desk/messages/{message.case_id}/"


def answered(olga, message, **over):
    said = {"action": "answer", "text": "With the hip hinge.", "version": message.case.version}
    return olga.post(page(message), {**said, **over})


def test_the_answer_goes_to_the_sender_with_the_question_under_it(olga, write):
    Practice.objects.update_or_create(pk=1, defaults={"name": "Olga", "notify": "olga@example.org"})
    mailbox = Mailbox()
    message = write()
    mailbox.work(NOON)
    shown = olga.get(page(message)).content.decode()
    assert "My knee clicks." in shown
    assert VIK not in shown
    assert answered(olga, message)["Location"] == "/desk/messages/"
    letter = mailbox.work(timezone.now())[-1]
    assert (letter["To"], letter["Reply-To"]) == (VIK, "olga@example.org")
    assert text_of(letter).startswith("With the hip hinge.\n")
    assert "> Where do I begin?\n> My knee clicks." in text_of(letter)
    message.refresh_from_db()
    assert message.case.state == State.ANSWERED
    assert Decision.objects.get(case=message.case).action == "answer"
    assert "Answered on" in olga.get(page(message)).content.decode()


def test_a_second_answer_can_follow(olga, write):
    message = write()
    answered(olga, message)
    message.case.refresh_from_db()
    answered(olga, message, text="One thing more.", version=message.case.version)
    assert Answer.objects.count() == 2


def test_an_answer_to_nobody_is_not_sent(olga, write):
    message = write(email="")
    assert "They left no address" in olga.get(page(message)).content.decode()
    assert answered(olga, message).status_code == 409
    assert Answer.objects.count() == 0


def test_words_kept_for_often_are_offered_and_can_be_changed(olga, write):
    words = CannedAnswer.objects.create(title="Kindly", text="Thank you for writing.")
    message = write()
    assert f"?words={words.pk}#answer" in olga.get(page(message)).content.decode()
    assert "Thank you for writing.</textarea>" in olga.get(f"{page(message)}?words={words.pk}").content.decode()
    assert olga.get(f"{page(message)}?words=x").status_code == 200


def test_the_site_comes_with_words_to_begin_with(db):
    assert CannedAnswer.objects.filter(title="Cannot tell from here").exists()


def test_spam_goes_into_a_bin_and_can_be_taken_out(olga, write):
    message = write()
    olga.post(page(message), {"action": "spam", "version": message.case.version})
    assert "Where do I begin?" not in olga.get("/desk/messages/").content.decode()
    assert "Where do I begin?" in olga.get("/desk/messages/?box=spam").content.decode()
    message.case.refresh_from_db()
    olga.post(page(message), {"action": "back", "version": message.case.version})
    assert "Where do I begin?" in olga.get("/desk/messages/").content.decode()
    message.case.refresh_from_db()
    assert message.case.state == State.WAITING


def test_who_comes_second_is_told(olga, write):
    message = write()
    version = message.case.version
    olga.post(page(message), {"action": "done", "version": version})
    again = olga.post(page(message), {"action": "spam", "version": version})
    assert again.status_code == 409
    assert "Somebody else dealt with it first" in again.content.decode()


@pytest.mark.parametrize("box", ["", "?box=waiting", "?box=answered", "?box=spam", "?box=<b>"])
def test_the_list_asks_the_database_as_often_for_many_as_for_one(box, olga, write, django_assert_num_queries):
    write()
    olga.get(f"/desk/messages/{box}")
    with django_assert_num_queries(3):
        olga.get(f"/desk/messages/{box}")
    for _ in range(5):
        write()
    with django_assert_num_queries(3):
        olga.get(f"/desk/messages/{box}")


def test_only_the_owner_opens_it(client, write):
    message = write()
    for who in (make.mina(), make.ana()):
        assert make.signed_in(who).get(page(message)).status_code == 404
    assert client.get("/desk/messages/").status_code == 302
