"""Who works on what: short leases, timed by the clock of the database alone."""

import secrets
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models.functions import Now

from tips.mail import verdicts
from tips.mail.errors import Uncertain
from tips.mail.models import Delivery, State

LEASE = timedelta(minutes=10)  # more than all the timeouts of one mail together


def take_back(now: datetime) -> None:
    """From workers that died: what they had only taken is due again, what they had begun to send is uncertain."""
    if not Delivery.objects.lapsed(State.LEASED, State.SENDING).exists():
        return
    Delivery.objects.lapsed(State.LEASED).update(state=State.SCHEDULED, due_at=now, lease_until=None, lease_token="")
    for delivery in Delivery.objects.lapsed(State.SENDING):
        verdicts.settle(delivery, Uncertain("lease"), now)


def is_due(now: datetime) -> bool:
    return next(_urgencies(now), None) is not None


def claim(*, now: datetime, limit: int, lease: timedelta) -> list[Delivery]:
    """Up to `limit` due deliveries, now this worker's, the urgent first."""
    urgencies = list(_urgencies(now))
    if not urgencies:
        return []
    token = secrets.token_hex(16)
    with transaction.atomic():
        batch: list[Delivery] = []
        for priority in urgencies:
            # SQLite ignores SKIP LOCKED; there the transaction, being IMMEDIATE, holds the only write lock.
            due = Delivery.objects.due(now).filter(priority=priority).select_for_update(skip_locked=True)
            batch += due[: limit - len(batch)]
        Delivery.objects.filter(pk__in=[row.pk for row in batch]).update(
            state=State.LEASED, due_at=None, lease_token=token, lease_until=Now() + lease
        )
    for row in batch:
        row.state, row.due_at, row.lease_token = State.LEASED, None, token
    return batch


def release(batch: Sequence[Delivery], now: datetime) -> None:
    """Give back what was taken and not begun."""
    rows, tokens = [delivery.pk for delivery in batch], {delivery.lease_token for delivery in batch}
    Delivery.objects.filter(pk__in=rows, lease_token__in=tokens, state=State.LEASED).update(
        state=State.SCHEDULED, due_at=now, lease_until=None, lease_token=""
    )


def _urgencies(now: datetime) -> Iterator[int]:
    """The priorities of which something is due, by steps in the index: what is due later is never read."""
    last = -1
    while earliest := Delivery.objects.after(last).values_list("priority", "due_at").first():
        last, due_at = earliest
        if due_at and due_at <= now:
            yield last
