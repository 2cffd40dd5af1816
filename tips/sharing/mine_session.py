"""Twenty minutes with one's page: the code, sealed, in a cookie that ends with the browser's session."""

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from tips.keys.sealing import Unreadable, seal, unseal
from tips.receipts import store
from tips.receipts.codes import normal
from tips.receipts.models import Receipt

OPEN_FOR = timedelta(minutes=20)  # since the last press


@dataclass(frozen=True)
class Opened:
    """What a private code opened; `code` in its normal form, `said` about what was pressed just now."""

    receipt: Receipt
    code: str
    said: str = ""


def open_with(typed: str) -> Opened | None:
    receipt = store.find(typed)
    return Opened(receipt, normal(typed)) if receipt else None


def recall(request: HttpRequest, *, now: datetime) -> Opened | None:
    """What this browser has open: nothing after twenty minutes, nor when the code was changed meanwhile."""
    kept = _kept(request, now)
    opened = open_with(kept["code"]) if kept.get("code") else None
    return replace(opened, said=kept["said"]) if opened else None


def said_on_leaving(request: HttpRequest, *, now: datetime) -> str:
    """What was said where nothing is open any more, for the page that comes after it."""
    kept = _kept(request, now)
    return "" if kept.get("code") else str(kept.get("said", ""))


def _kept(request: HttpRequest, now: datetime) -> dict[str, Any]:
    try:
        kept: dict[str, Any] = json.loads(unseal("receipts", bytes.fromhex(request.COOKIES.get(cookie_name(), ""))))
    except (Unreadable, ValueError):
        return {}
    return kept if now.timestamp() < kept["until"] else {}


def remember(response: HttpResponse, code: str, *, now: datetime, said: str = "") -> None:
    kept = {"code": code, "until": int((now + OPEN_FOR).timestamp()), "said": said}
    response.set_cookie(
        cookie_name(),
        seal("receipts", json.dumps(kept).encode()).hex(),
        path="/",
        secure=settings.SITE_IS_SECURE,
        httponly=True,
        samesite="Strict",
    )


def forget(response: HttpResponse) -> None:
    response.delete_cookie(cookie_name(), path="/", samesite="Strict")


def cookie_name() -> str:
    return f"{settings.COOKIE_PREFIX}manage"
