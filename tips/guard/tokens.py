"""The signed token of an anonymous form: which form, since when, and a nonce that becomes its idempotency key."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing

VALID_FOR = timedelta(hours=24)
_SALT = "tips.guard.form"


@dataclass(frozen=True)
class FormToken:
    form: str
    nonce: str  # 128 bits, urlsafe base64
    age: timedelta


class BadToken(Exception):
    """Missing, foreign, changed or too old. The visitor gets a fresh one and keeps the text."""


def issue(form: str, *, now: datetime) -> str:
    value = [form, secrets.token_urlsafe(16), int(now.timestamp())]
    return signing.dumps(value, salt=_SALT)


def read(token: str, *, form: str, now: datetime) -> FormToken:
    """Raises BadToken. A token from a clock slightly ahead counts as new."""
    try:
        name, nonce, issued = signing.loads(token, salt=_SALT)
        age = now - datetime.fromtimestamp(issued, tz=now.tzinfo)
    except (signing.BadSignature, ValueError, TypeError, OverflowError, OSError) as error:
        raise BadToken(form) from error
    if name != form or age > VALID_FOR:
        raise BadToken(form)
    return FormToken(form=name, nonce=nonce, age=max(age, timedelta(0)))
