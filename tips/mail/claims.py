"""Who works on what: short leases, timed by the clock of the database alone."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models.functions import Now

from tips.mail import verdicts
from tips.mail.errors import Uncertain
from tips.mail.models import Delivery, State

LEASE = timedelta(minutes=10)  # more than all the timeouts of one mail together


def take_back(now: datetime) -> None:
    """From workers that died: what they had only taken is due again, what they had begun to send is uncertain."""
    Delivery.objects.lapsed(State.LEASED).update(state=State.SCHEDULED, due_at=now, lease_until=None, lease_token="")
    for delivery in Delivery.objects.lapsed(State.SENDING):
        verdicts.settle(delivery, Uncertain("lease"), now)


def claim(*, now: datetime, limit: int, lease: timedelta) -> list[Delivery]:
    """Up to `limit` due deliveries, now this worker's, the urgent first."""
    if not Delivery.objects.due(now).exists():
        return []
    token = secrets.token_hex(16)
    with transaction.atomic():
        # SQLite ignores SKIP LOCKED; there the transaction, being IMMEDIATE, holds the only write lock.
        rows = list(Delivery.objects.due(now).select_for_update(skip_locked=True).values_list("pk", flat=True)[:limit])
        Delivery.objects.filter(pk__in=rows).update(
            state=State.LEASED, due_at=None, lease_token=token, lease_until=Now() + lease
        )
    found = Delivery.objects.filter(lease_token=token).in_bulk(rows)
    return [found[pk] for pk in rows if pk in found]


def release(batch: Sequence[Delivery], now: datetime) -> None:
    """Give back what was taken and not begun."""
    rows, tokens = [delivery.pk for delivery in batch], {delivery.lease_token for delivery in batch}
    Delivery.objects.filter(pk__in=rows, lease_token__in=tokens, state=State.LEASED).update(
        state=State.SCHEDULED, due_at=now, lease_until=None, lease_token=""
    )
