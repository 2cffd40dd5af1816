"""The call of a mail provider: signed, or nothing of it is believed. Off unless EMAIL_WEBHOOK names a provider."""

import hashlib
import hmac
import json

import pytest
from django.test import Client

from backsite import checks
from tips.mail import outbox, providers
from tips.mail.models import Fate, ProviderEvent
from tips.mail.readers import READERS

ANA = "ana@example.org"
KEY = "key-of-the-account"

pytestmark = pytest.mark.django_db


@pytest.fixture
def mailgun(settings):
    pytest.importorskip("anymail", reason="the optional part `bounces` is not installed")
    settings.EMAIL_WEBHOOK, settings.EMAIL_WEBHOOK_SECRET = "mailgun", KEY


def call(event="complained", token="1", key=KEY, message_id="x", **over):
    """One of Mailgun's, as its pages show them."""
    sign = hmac.new(key.encode(), f"1777896000{token}".encode(), hashlib.sha256).hexdigest()
    told = {"event": event, "recipient": ANA, "timestamp": 1777896000.5, **over}
    told["message"] = {"headers": {"message-id": message_id.strip("<>")}}
    return {"signature": {"token": token, "timestamp": "1777896000", "signature": sign}, "event-data": told}


def post(said):
    return Client(enforce_csrf_checks=True).post("/webhooks/mail/", json.dumps(said), content_type="application/json")


def test_without_a_provider_there_is_no_such_address():
    assert post(call()).status_code == 404


def test_a_signed_call_is_believed_and_answered_without_a_cookie(mailgun):
    answer = post(call())

    assert (answer.status_code, answer.content) == (200, b"")
    assert not answer.cookies
    assert outbox.is_suppressed(ANA)


def test_a_forged_call_changes_nothing_m14(mailgun):
    assert post(call(key="guessed")).status_code == 400
    assert post({"event-data": call()["event-data"]}).status_code == 400
    assert not outbox.is_suppressed(ANA)
    assert not ProviderEvent.objects.exists()


def test_the_same_call_twice_counts_once_m14(mailgun):
    assert [post(call()).status_code, post(call()).status_code] == [200, 200]
    assert ProviderEvent.objects.count() == 1


def test_it_finds_its_delivery_by_our_message_id(mailgun, compose, work):
    delivery = compose()
    work()
    post(call("delivered", message_id=delivery.message_id))

    delivery.refresh_from_db()
    assert delivery.fate == Fate.DELIVERED


@pytest.mark.parametrize(("reply", "shut_out"), [("5.1.1 no such user", True), ("5.7.1 blocked", False)])
def test_what_the_far_server_said_decides(mailgun, reply, shut_out):
    post(call("failed", severity="permanent", reason="bounce", **{"delivery-status": {"message": f"550 {reply}"}}))

    assert outbox.is_suppressed(ANA) is shut_out


@pytest.mark.parametrize("event", ["opened", "clicked", "accepted"])
def test_what_is_not_ours_to_know_is_not_kept(mailgun, event):
    assert post(call(event)).status_code == 200
    assert not ProviderEvent.objects.exists()


def test_a_call_that_is_too_long_is_refused(mailgun):
    assert post(call(padding="x" * 2_000_000)).status_code in {400, 413}
    assert not outbox.is_suppressed(ANA)


def test_every_reader_that_we_name_exists_and_wants_its_secret(mailgun, settings):
    for name in READERS:
        settings.EMAIL_WEBHOOK, settings.EMAIL_WEBHOOK_SECRET = name, "some:secret"
        assert providers.reader().parse_events


@pytest.mark.parametrize(("name", "secret"), [("nobody", "secret"), ("mailgun", "")])
def test_a_set_up_that_would_believe_nobody_or_anybody_is_refused(settings, name, secret):
    settings.EMAIL_WEBHOOK, settings.EMAIL_WEBHOOK_SECRET = name, secret

    assert [each.id for each in checks.mail_settings_can_be_read()] == ["site.E006"]
