"""Mail that Django or allauth sends by Django's own functions goes through the outbox as well."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives, send_mail
from django.db import transaction
from django.utils import timezone

from tips.mail.backend import DJANGO
from tips.mail.models import Delivery
from tips.mail.sending import send_due

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def through_the_outbox(settings):
    settings.EMAIL_BACKEND = "tips.mail.backend.OutboxBackend"


def work(post):
    return send_due({"django": DJANGO}, now=timezone.now() + timedelta(seconds=1), transport=post)


def test_every_recipient_gets_a_letter_of_their_own(post):
    message = EmailMultiAlternatives(
        "Reset", "Text\n", "ignored@example.org", ["Ana <ana@example.org>"], bcc=["olga@example.org"],
        reply_to=["Vik <vik@example.org>"],
    )  # fmt: skip
    message.attach_alternative("<p>Text</p>", "text/html")

    assert message.send() == 1
    assert work(post) == 2

    assert sorted(envelope.to for envelope in post.taken) == ["ana@example.org", "olga@example.org"]
    parsed = message_from_bytes(post.taken[0].body, policy=policy.default)
    assert (parsed["Subject"], parsed["Reply-To"]) == ("Reset", "vik@example.org")
    assert parsed["From"] != "ignored@example.org"
    assert [part.get_content_type() for part in parsed.iter_parts()] == ["text/plain", "text/html"]


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_it_makes_one():
    assert send_mail("Hello", "Text", None, ["ana@example.org"]) == 1
    assert Delivery.objects.count() == 1


def test_a_rollback_takes_the_mail_with_it():
    with transaction.atomic():
        send_mail("Hello", "Text", None, ["ana@example.org"])
        transaction.set_rollback(True)
    assert not Delivery.objects.exists()


def test_attachments_are_refused_and_nothing_is_half_done():
    message = EmailMessage("Hello", "Text", None, ["ana@example.org"])
    message.attach("notes.txt", "text")
    with pytest.raises(ValueError, match="attachments"):
        message.send()
    assert not Delivery.objects.exists()
