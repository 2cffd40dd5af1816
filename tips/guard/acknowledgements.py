"""Idempotency: one filling-in of a form, one receipt, however often it is sent (IETF draft Idempotency-Key, 07)."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from tips.guard import statements
from tips.guard.models import KEPT_FOR, Acknowledgement, key_digest
from tips.keys import sealing
from tips.sql.plain import put

OWN_FIELDS = frozenset({"form_token", "website", "proof", "action"})


class OtherBody(Exception):
    """The same filling-in was sent before, with other words."""


def body_digest(cleaned: Mapping[str, Any]) -> str:
    """A digest of what was sent, without the guard's own fields."""
    said = {name: str(value) for name, value in sorted(cleaned.items()) if name not in OWN_FIELDS}
    return sealing.digest("form-body", json.dumps(said))


def find(nonce: str, body: str) -> dict[str, Any] | None:
    """The receipt already given for this filling-in; None if there is none. Raises OtherBody."""
    known = statements.taken(key_digest(nonce))
    if known is None:
        return None
    body_sent, sealed = known
    if body_sent != body:
        raise OtherBody(nonce)
    return _open(nonce, sealed)


def record(nonce: str, body: str, receipt: Mapping[str, Any], *, now: datetime) -> None:
    """In the transaction of what it acknowledges. Raises IntegrityError when the same form was taken meanwhile."""
    put(
        Acknowledgement,
        key_digest=key_digest(nonce),
        body_digest=body,
        receipt=sealing.seal_with(nonce.encode(), json.dumps(dict(receipt)).encode()),
        expires=now + KEPT_FOR,
    )


def purge(*, now: datetime) -> int:
    return Acknowledgement.objects.filter(expires__lt=now).delete()[0]


def remember(response: HttpResponse, name: str, nonce: str) -> None:
    """Give the browser the key of its receipt, for this session only."""
    response.set_cookie(
        cookie_name(name), nonce, path="/", secure=settings.SITE_IS_SECURE, httponly=True, samesite="Lax"
    )


def recall(request: HttpRequest, name: str, *, now: datetime) -> dict[str, Any] | None:
    """The receipt that this browser's cookie opens, if there is one."""
    nonce = nonce_of(request, name)
    row = Acknowledgement.objects.taken(nonce).filter(expires__gt=now).first() if nonce else None
    return _open(nonce, bytes(row.receipt)) if row else None


def nonce_of(request: HttpRequest, name: str) -> str:
    return request.COOKIES.get(cookie_name(name), "")


def cookie_name(name: str) -> str:
    return f"{settings.COOKIE_PREFIX}receipt-{name}"


def _open(nonce: str, sealed: bytes) -> dict[str, Any]:
    receipt: dict[str, Any] = json.loads(sealing.unseal_with(nonce.encode(), sealed))
    return receipt
