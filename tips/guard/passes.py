"""A pass: what a secret opened stays open for a while in this browser, by a sealed cookie of its session."""

import json
from datetime import datetime, timedelta
from typing import Literal

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from tips.keys.sealing import Unreadable, seal, unseal

OPEN_FOR = timedelta(minutes=20)


def grant(
    response: HttpResponse,
    name: str,
    value: str,
    *,
    now: datetime,
    valid_for: timedelta = OPEN_FOR,
    samesite: Literal["Lax", "Strict"] = "Strict",
) -> None:
    """`name` says what the pass is for; `holder` gives `value` back for a while, and nobody else can read it.

    "Lax" for a pass that has to be seen when somebody comes from a link in their mail.
    """
    words = json.dumps([name, value, int((now + valid_for).timestamp())]).encode()
    response.set_cookie(
        cookie_name(name),
        seal("receipts", words).hex(),
        path="/",
        secure=settings.SITE_IS_SECURE,
        httponly=True,
        samesite=samesite,
    )


def holder(request: HttpRequest, name: str, *, now: datetime) -> str:
    """The value of this browser's pass; empty without one, or with one that is over or was made for something else."""
    try:
        made_for, value, until = json.loads(
            unseal("receipts", bytes.fromhex(request.COOKIES.get(cookie_name(name), "")))
        )
    except (Unreadable, ValueError, TypeError):
        return ""
    return str(value) if made_for == name and now.timestamp() < until else ""


def end(response: HttpResponse, name: str) -> None:
    response.delete_cookie(cookie_name(name), path="/", samesite="Strict")


def cookie_name(name: str) -> str:
    return f"{settings.COOKIE_PREFIX}pass-{name}"
