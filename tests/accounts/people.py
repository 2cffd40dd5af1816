"""People with accounts as these tests need them, and what they do at the door."""

from email.message import EmailMessage
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client
from django.utils import timezone

from accounts.models import User
from tests.course.mailbox import Mailbox
from tips.mail import backend
from tips.mail.sending import send_due

PASSWORD = "a long enough password"
Answer = Any  # what the test client hands back


def confirmed(who: User) -> User:
    """With an address that was confirmed, as whoever signs in has one."""
    EmailAddress.objects.get_or_create(user=who, email=who.email, verified=True, primary=True)
    return who


def with_app(who: User) -> str:
    """The key of the authenticator app that this account has from now on."""
    key = generate_totp_secret()
    TOTP.activate(confirmed(who), key)
    RecoveryCodes.activate(who)
    return key


def digits(key: str) -> str:
    """What the app shows just now."""
    return format_hotp_value(hotp_value(key, next(yield_hotp_counters_from_time())))


def sign_in(client: Client, email: str, password: str = PASSWORD, **over: str) -> Answer:
    address = f"/accounts/login/?next={over.pop('next')}" if "next" in over else "/accounts/login/"
    return client.post(address, {"login": email, "password": password, **over})


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def letters() -> list[EmailMessage]:
    """Everything that Django and allauth have put into the outbox, sent."""
    box = Mailbox()
    while send_due({backend.PURPOSE: backend.DJANGO}, now=timezone.now(), transport=box):
        pass
    return box.mails
