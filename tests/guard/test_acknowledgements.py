"""One filling-in, one receipt (T03); what it says only the sender's browser can open, and after a day nobody."""

import threading
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import Client, RequestFactory

from tests.make import NOW
from tips.guard import acknowledgements, taking, tokens
from tips.guard.fields import CleanText
from tips.guard.forms import GuardedForm
from tips.guard.models import Acknowledgement
from tips.keys.sealing import Unreadable, unseal_with

pytestmark = pytest.mark.django_db

NONCE, BODY = "the-nonce-of-this-form", "b" * 64
RECEIPT = {"code": "QUIBBLEFISH-CODE", "flags": []}


def recorded(now=NOW):
    acknowledgements.record(NONCE, BODY, RECEIPT, now=now)
    return Acknowledgement.objects.get()


def recalled(nonce=NONCE, now=NOW):
    response = HttpResponse()
    acknowledgements.remember(response, "share", nonce)
    request = RequestFactory().get("/")
    request.COOKIES = {name: morsel.value for name, morsel in response.cookies.items()}
    return acknowledgements.recall(request, "share", now=now)


def test_the_same_form_finds_its_receipt():
    recorded()

    assert acknowledgements.find(NONCE, BODY) == RECEIPT
    assert acknowledgements.find("another nonce", BODY) is None


def test_other_words_under_the_same_nonce_are_not_taken_for_the_same():
    recorded()

    with pytest.raises(acknowledgements.OtherBody):
        acknowledgements.find(NONCE, "c" * 64)


def test_the_row_holds_neither_the_receipt_nor_what_opens_it():
    row = recorded()

    stored = repr([bytes(row.receipt), row.key_digest, row.body_digest])
    assert "QUIBBLEFISH" not in stored
    assert NONCE not in stored
    for guess in (row.key_digest, row.body_digest, "", "another nonce"):
        with pytest.raises(Unreadable):
            unseal_with(guess.encode(), bytes(row.receipt))


def test_the_browser_that_sent_it_can_open_it_for_a_day_and_no_other_can():
    recorded()

    assert recalled() == RECEIPT
    assert recalled(now=NOW + timedelta(hours=23, minutes=59)) == RECEIPT
    assert recalled(now=NOW + timedelta(hours=24)) is None
    assert recalled(nonce="another nonce") is None
    assert acknowledgements.recall(RequestFactory().get("/"), "share", now=NOW) is None


def test_the_cookie_lasts_as_long_as_the_browser_is_open():
    response = HttpResponse()
    acknowledgements.remember(response, "share", NONCE)
    cookie = response.cookies["receipt-share"]

    assert (cookie["max-age"], cookie["expires"], cookie["httponly"], cookie["samesite"]) == ("", "", True, "Lax")


def test_after_a_day_it_is_gone():
    recorded()

    assert acknowledgements.purge(now=NOW + timedelta(hours=24)) == 0
    assert acknowledgements.purge(now=NOW + timedelta(hours=24, seconds=1)) == 1
    assert not Acknowledgement.objects.exists()


def test_what_the_guard_adds_to_a_form_does_not_make_other_words():
    said = {"text": "Hello", "form_token": "1", "website": "", "action": "send"}

    assert acknowledgements.body_digest(said) == acknowledgements.body_digest(
        {**said, "form_token": "2", "website": "x"}
    )
    assert acknowledgements.body_digest(said) != acknowledgements.body_digest({**said, "text": "Hello!"})
    assert "Hello" not in acknowledgements.body_digest(said)


# --- taking a form ----------------------------------------------------------------------------------------------------


class Note(GuardedForm):
    form_name = "note"
    message = CleanText(most=100)


def filled(text="When are you there?", *, token=None):
    return Note({"message": text, "form_token": token or tokens.issue("note", now=NOW)}, now=NOW)


def post(**headers):
    return RequestFactory().post("/contact/", headers=headers)


def take(form, act, request=None):
    return taking.take(request or post(), form, kind="contact", now=NOW, act=act)


def test_twice_the_same_form_is_done_once_and_acknowledged_twice_t03():
    token, done = tokens.issue("note", now=NOW), []
    first = take(filled(token=token), lambda: done.append(1) or {"number": len(done)})
    second = take(filled(token=token), lambda: done.append(1) or {"number": len(done)})

    assert done == [1]
    assert first == second == taking.Taken(first.nonce, {"number": 1})


def test_other_words_come_back_with_a_fresh_token_t03():
    token = tokens.issue("note", now=NOW)
    take(filled(token=token), dict)
    form = filled("Something else altogether", token=token)

    with pytest.raises(taking.Refused) as refused:
        take(form, dict)

    assert refused.value.status == 422
    assert taking.OTHER_BODY in form.non_field_errors()
    assert form["message"].value() == "Something else altogether"
    assert form["form_token"].value() != token
    assert take(filled("Something else altogether", token=form["form_token"].value()), dict)


def test_when_the_work_fails_nothing_is_acknowledged_and_it_can_be_sent_again_t04():
    token = tokens.issue("note", now=NOW)

    def full():
        raise OperationalError("database or disk is full")

    form = filled(token=token)
    with pytest.raises(taking.Refused) as refused:
        take(form, full)
    assert (refused.value.status, refused.value.retry_after) == (503, taking.TRY_AGAIN_AFTER)
    assert taking.NO_ROOM in form.non_field_errors()
    assert not Acknowledgement.objects.exists()
    assert take(filled(token=token), lambda: {"number": 1}).receipt == {"number": 1}


def test_a_mistake_of_ours_is_not_called_a_full_disk():
    with pytest.raises(ZeroDivisionError):
        take(filled(), lambda: {"number": 1 / 0})


@pytest.mark.parametrize("mistake", [{"text": ""}, {"token": "made up"}])
def test_what_is_not_valid_is_not_done_t43(mistake):
    done = []

    with pytest.raises(taking.Refused) as refused:
        take(filled(**mistake), lambda: done.append(1) or {})

    assert (refused.value.status, done) == (422, [])


@pytest.mark.django_db(transaction=True)
def test_of_eight_who_send_it_at_once_one_is_done_and_all_get_its_receipt_t03():
    token, got, done, start = tokens.issue("note", now=NOW), [], [], threading.Barrier(8)

    def send(number):
        start.wait()
        got.append(take(filled(token=token), lambda: done.append(number) or {"number": number}).receipt["number"])
        connection.close()

    senders = [threading.Thread(target=send, args=[number]) for number in range(8)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()

    assert len(got) == 8
    assert len(set(got)) == 1
    assert Acknowledgement.objects.count() == 1


def test_a_back_button_shows_the_receipt_again_and_not_a_second_message_t03():
    client = Client()
    form = client.get("/contact/").context["form"]
    said = {"form_token": form["form_token"].value(), "website": "", "message": "When are you there?", "consent": "on"}
    answers = [client.post("/contact/", said) for _ in range(3)]

    assert {answer.status_code for answer in answers} == {303}
    assert Acknowledgement.objects.count() == 1
