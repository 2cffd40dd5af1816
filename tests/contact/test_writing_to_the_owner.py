"""Vik writes to Olga. The message is stored first; letters follow."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from tests.course.mailbox import text_of
from tips.cases.models import Action, Case, Decision, Priority, State
from tips.contact import flows
from tips.contact.models import Message
from tips.keys import sealing
from tips.mail.models import Delivery

ALARM = "Since this morning I am numb between my legs and cannot pee."


@pytest.fixture
def post(mailbox):
    """What the worker sends right now, by recipient."""

    def post():
        return {mail["To"]: mail for mail in mailbox.work(timezone.now() + timedelta(seconds=1))}

    return post


def test_a_message_is_stored_queued_and_mailed_both_ways(owner, write, post, client):
    answer = write()
    assert (answer.status_code, answer["Location"]) == (303, "/contact/received/")
    message = Message.objects.get()
    assert (message.name, message.text, message.address) == ("Vik", "Thank you for the stretches.", "vik@example.org")
    assert (message.case.kind, message.case.state, message.case.priority) == (
        "message",
        State.WAITING,
        Priority.ORDINARY,
    )
    mails = post()
    assert set(mails) == {owner, "vik@example.org"}
    assert mails[owner]["Reply-To"] == "vik@example.org"
    assert "vik@example.org" not in f"{mails[owner]['From']} {text_of(mails[owner])}"
    assert "Thank you for the stretches." in text_of(mails[owner])
    assert "> Thank you for the stretches." in text_of(mails["vik@example.org"])
    assert "Your message has arrived" in client.get("/contact/received/").content.decode()


def test_without_an_address_the_message_is_stored_all_the_same(owner, write, post, client):
    assert write(email="").status_code == 303
    mails = post()
    assert set(mails) == {owner}
    assert mails[owner]["Reply-To"] is None
    assert "No address was left" in text_of(mails[owner])
    assert "cannot be answered" in client.get("/contact/received/").content.decode()


def test_without_an_owner_to_tell_the_message_waits_in_the_queue(db, write, post):
    write()
    assert set(post()) == {"vik@example.org"}
    assert Case.objects.waiting().count() == 1


def test_a_warning_sign_goes_first_and_its_writer_sees_the_card(owner, write, post, client):
    write(message=ALARM)
    message = Message.objects.get()
    assert message.case.priority == Priority.EMERGENCY
    assert "cauda-equina" in message.flags
    page = client.get("/contact/received/").content.decode()
    assert 'class="care E"' in page
    assert "Nobody reads this right now." in page
    mails = post()
    assert mails[owner]["Subject"].startswith("Please read now")
    assert "Nobody reads your message right now." in text_of(mails["vik@example.org"])


def test_a_message_is_kept_when_its_letters_cannot_be_written(owner, write, monkeypatch, caplog):
    def locked(purpose, _plain, real=sealing.seal):
        if purpose == "outbox":
            raise PermissionError("the key file")
        return real(purpose, _plain)

    monkeypatch.setattr("tips.keys.sealing.seal", locked)
    assert write().status_code == 303
    assert Message.objects.count() == 1
    assert Delivery.objects.count() == 0
    assert "was not composed" in caplog.text
    assert "vik@example.org" not in caplog.text


def test_nothing_is_stored_when_the_course_cannot_be_asked_for(owner, write, monkeypatch):
    def broken(**_said):
        raise OSError("no space left")

    monkeypatch.setattr("tips.contact.flows.course.request", broken)
    answer = write(course="on")
    assert (answer.status_code, Message.objects.count()) == (503, 0)
    assert "Thank you for the stretches." in answer.content.decode()


def test_one_address_gets_one_receipt_a_day(owner, write, mailbox):
    for number in range(3):
        write(Client(), message=f"Message number {number}")
    now = timezone.now()
    mailbox.work(now + timedelta(seconds=1))
    assert [mail["To"] for mail in mailbox.mails].count("vik@example.org") == 1
    assert [mail["To"] for mail in mailbox.mails].count(owner) == 3
    assert Message.objects.count() == 3
    assert Delivery.objects.filter(purpose="contact/mail/received", last_reason="unwanted").count() == 2


def test_a_receipt_carries_no_strangers_link(owner, write, post):
    write(message="Cheap pills: https://spam.example/buy")
    assert "spam.example" not in text_of(post()["vik@example.org"])


def test_the_ticked_box_asks_for_the_course(owner, write, post, client):
    write(course="on")
    subjects = [mail["Subject"] for mail in post().values()]
    assert Delivery.objects.filter(purpose="course/mail/confirm", state="accepted").count() == 1
    assert subjects
    assert "The course" in client.get("/contact/received/").content.decode()


def test_the_box_is_not_ticked_for_anyone(db, client):
    page = client.get("/contact/").content.decode()
    assert 'name="course"' in page
    assert "checked" not in page


def test_the_same_form_sent_twice_is_one_message(owner, client, write):
    token = client.get("/contact/").content.decode().partition('name="form_token" value="')[2].partition('"')[0]
    answers = [write(form_token=token) for _ in range(3)]
    assert {answer["Location"] for answer in answers} == {"/contact/received/"}
    assert Message.objects.count() == 1
    assert Delivery.objects.count() == 2


def test_the_receipt_is_shown_to_its_browser_only(owner, write):
    write()
    elsewhere = Client().get("/contact/received/")
    assert elsewhere.status_code == 200
    assert "Your receipt is not here" in elsewhere.content.decode()


def test_no_table_holds_the_address_in_the_clear(owner, write):
    write(email="canary-51c0@example.org")
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 (names from the database itself)
            rows = repr([[bytes(v) if isinstance(v, memoryview) else v for v in row] for row in cursor])
            assert "canary-51c0" not in rows, table


def test_an_address_is_forgotten_thirty_days_after_the_answer(owner, write):
    write()
    now = timezone.now()
    assert flows.forget(now + timedelta(days=90)) == 0, "it still waits for its answer"
    case = Case.objects.get()
    case.move(to=State.ANSWERED, version=case.version)
    Decision.objects.create(
        case=case, action=Action.ANSWER, state_before="waiting", state_after="answered", decided_at=now
    )
    assert flows.forget(now + timedelta(days=29)) == 0
    assert flows.forget(now + timedelta(days=31)) == 1
    message = Message.objects.get()
    assert (message.address, message.address_digest, message.text) == ("", "", "Thank you for the stretches.")


def test_an_address_that_no_relay_takes_does_not_keep_the_message_from_the_owner(owner, post, db):
    said = {"name": "", "text": "Hello", "wants_course": False, "signals": []}
    flows.send(email=f"{'v' * 65}@example.org", now=timezone.now(), **said)
    mails = post()
    assert mails[owner]["Reply-To"] is None
    assert "no letter can reach" in text_of(mails[owner])
