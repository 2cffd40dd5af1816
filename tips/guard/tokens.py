"""The signed token of an anonymous form: which form, since when, and a nonce that becomes its idempotency key."""

import functools
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
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
    return _signer(settings.SECRET_KEY).sign_object(value)


def read(token: str, *, form: str, now: datetime) -> FormToken:
    """Raises BadToken. A token from a clock slightly ahead counts as new."""
    try:
        name, nonce, issued = _signer(settings.SECRET_KEY).unsign_object(token)
        age = now - datetime.fromtimestamp(issued, tz=now.tzinfo)
    except (signing.BadSignature, ValueError, TypeError, OverflowError, OSError) as error:
        raise BadToken(form) from error
    if name != form or age > VALID_FOR:
        raise BadToken(form)
    return FormToken(form=name, nonce=nonce, age=max(age, timedelta(0)))


@functools.lru_cache(maxsize=2)
def _signer(key: str) -> signing.TimestampSigner:
    return signing.TimestampSigner(key=key, salt=_SALT)
