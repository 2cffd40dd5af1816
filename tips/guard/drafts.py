"""What somebody is still writing, kept for a week so that a closed tab or a dead battery costs no words.

The browser's cookie holds an id and a secret, 128 and 256 random bits; the row is found by SHA-256 of the id and
sealed under the secret (AES-256-GCM), so that the database alone can neither read a draft nor say whose it is.
"""

import hashlib
import json
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from tips.guard import statements
from tips.guard.models import Draft, key_digest
from tips.keys import sealing

KEPT_FOR = timedelta(days=7)
LARGEST = 400_000  # bytes of a draft; a story has 20,000 characters
Fields = dict[str, list[str]]
_COOKIE = re.compile(r"([\w-]{22})\.([\w-]{43})")


class TooLarge(ValueError):
    """More than a form can hold."""


@dataclass(frozen=True)
class Key:
    """What only the browser holds."""

    id: str
    secret: str

    @property
    def browser(self) -> str:
        return hashlib.sha256(self.id.encode()).hexdigest()


def new_key() -> Key:
    return Key(secrets.token_urlsafe(16), secrets.token_urlsafe(32))


def key_of(request: HttpRequest) -> Key | None:
    found = _COOKIE.fullmatch(request.COOKIES.get(cookie_name(), ""))
    return Key(*found.groups()) if found else None


def hand_over(response: HttpResponse, key: Key) -> None:
    """For as long as the draft lives: phones end browsers without asking (docs/adr/0023)."""
    response.set_cookie(
        cookie_name(),
        f"{key.id}.{key.secret}",
        max_age=int(KEPT_FOR.total_seconds()),
        path="/",
        secure=settings.SITE_IS_SECURE,
        httponly=True,
        samesite="Lax",
    )


def take_back(response: HttpResponse) -> None:
    response.delete_cookie(cookie_name(), path="/", samesite="Lax")


def keep(key: Key, form: str, fields: Mapping[str, Sequence[str]], *, nonce: str, today: date) -> bool:
    """Store the newest state of `form`. False when that filling-in was sent already: a late save brings nothing back.

    Raises TooLarge, and what the database raises.
    """
    plain = json.dumps({name: list(values) for name, values in fields.items()}).encode()
    if len(plain) > LARGEST:
        raise TooLarge(form)
    draft = Draft(
        browser=key.browser,
        form=form,
        sealed=sealing.seal_with(key.secret.encode(), plain),
        nonce_digest=_nonce_digest(nonce),
        expires_on=today + KEPT_FOR,
    )
    return statements.keep_draft(draft, key_digest(nonce) if nonce else "")


def find(key: Key | None, form: str, *, today: date) -> Fields | None:
    row = _of(key, form, today)
    if key is None or row is None:
        return None
    try:
        fields: Fields = json.loads(sealing.unseal_with(key.secret.encode(), bytes(row.sealed)))
    except sealing.Unreadable:
        return None
    return fields


def exists(key: Key | None, form: str, *, today: date) -> bool:
    return _of(key, form, today) is not None


def any_of(key: Key) -> bool:
    return Draft.objects.filter(browser=key.browser).exists()


def forget(key: Key) -> int:
    """Everything that this browser has begun here; how many drafts."""
    return Draft.objects.filter(browser=key.browser).delete()[0]


def forget_sent(nonce: str) -> int:
    """The draft of a filling-in whose receipt has been shown."""
    return Draft.objects.filter(nonce_digest=_nonce_digest(nonce)).delete()[0] if nonce else 0


def purge(*, today: date) -> int:
    return Draft.objects.filter(expires_on__lt=today).delete()[0]


def cookie_name() -> str:
    return f"{settings.COOKIE_PREFIX}draft"


def _of(key: Key | None, form: str, today: date) -> Draft | None:
    if key is None:
        return None
    return Draft.objects.filter(browser=key.browser, form=form, expires_on__gte=today).first()


def _nonce_digest(nonce: str) -> str:
    return sealing.digest("draft-form", nonce) if nonce else ""
