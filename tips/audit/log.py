"""Append to the log, and check that nobody changed it."""

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from tips.audit.models import AuditEvent, ItemKey

START = "0" * 64
LOCK = 0x6261636B  # any number that no other lock of this database uses
HEADS = "audit-heads.txt"  # in the data folder, beside the database and not in it: "2026-11-22 41 9f…"


@dataclass(frozen=True)
class Fault:
    seq: int
    words: str


@transaction.atomic
def append(*, actor: str, action: str, about: str, day: date, reason: str = "", content: str = "") -> AuditEvent:
    """In the transaction of what it tells: both are stored, or neither. `content`: the words decided about."""
    _one_at_a_time()
    last = AuditEvent.objects.last()
    event = AuditEvent(
        seq=last.seq + 1 if last else 1,
        day=day,
        actor=actor,
        action=action,
        object=about,
        reason=reason,
        content=_digest(about, content) if content else "",
        previous=last.hash if last else START,
    )
    event.hash = chained(event)
    event.save(force_insert=True)
    return event


def chained(event: AuditEvent) -> str:
    """SHA-256, hex, of the row and, through `previous`, of every row before it."""
    row = [event.seq, event.day.isoformat(), event.actor, event.action, event.object, event.reason, event.content]
    return hashlib.sha256(json.dumps([*row, event.previous], separators=(",", ":")).encode()).hexdigest()


def forget(about: str) -> None:
    """The digests of this item's words can never be compared again. The chain is untouched."""
    ItemKey.objects.filter(object=about).delete()


def note_head(day: date) -> None:
    """Write down outside the database how far the log has come, so that its end cannot be cut off unseen."""
    last = AuditEvent.objects.last()
    if last:
        with _heads().open("a") as file:
            file.write(f"{day.isoformat()} {last.seq} {last.hash}\n")


def verify() -> Fault | None:
    """The first row that is not as it was written; None when all are."""
    return first_fault(AuditEvent.objects.order_by("seq").iterator(), noted_heads())


def first_fault(events: Iterable[AuditEvent], heads: dict[int, str]) -> Fault | None:
    before, seq = START, 0
    for event in events:
        if event.seq != seq + 1:
            return Fault(seq + 1, "is missing")
        seq += 1
        if event.previous != before:
            return Fault(seq, "does not follow from the one before it")
        if event.hash != chained(event):
            return Fault(seq, "was changed")
        if heads.get(seq, event.hash) != event.hash:
            return Fault(seq, "is not the one that was noted outside the database")
        before = event.hash
    return Fault(seq + 1, "is missing, and was noted outside the database") if max(heads, default=0) > seq else None


def noted_heads() -> dict[int, str]:
    lines = _heads().read_text().splitlines() if _heads().exists() else []
    return {int(seq): noted for _, seq, noted in (line.split() for line in lines)}


def _heads() -> Path:
    return Path(settings.HOME) / HEADS


def _digest(about: str, content: str) -> str:
    item, _ = ItemKey.objects.get_or_create(object=about, defaults={"key": secrets.token_bytes(32)})
    return hmac.new(bytes(item.key), content.encode(), hashlib.sha256).hexdigest()


def _one_at_a_time() -> None:
    """On SQLite a transaction that writes is alone already."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
