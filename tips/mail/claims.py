"""Who works on what: short leases, timed by the clock of the database alone."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from tips.mail import statements, verdicts
from tips.mail.errors import Uncertain
from tips.mail.models import Delivery, State

LEASE = timedelta(minutes=10)  # more than all the timeouts of one mail together


def take_back(now: datetime) -> None:
    """From workers that died: what they had only taken is due again, what they had begun to send is uncertain."""
    if not statements.has_lapsed():
        return
    Delivery.objects.lapsed(State.LEASED).update(state=State.SCHEDULED, due_at=now, lease_until=None, lease_token="")
    for delivery in Delivery.objects.lapsed(State.SENDING):
        verdicts.settle(delivery, Uncertain("lease"), now)


def is_due(now: datetime) -> bool:
    return bool(statements.urgencies(now))


def claim(*, now: datetime, limit: int, lease: timedelta) -> list[Delivery]:
    """Up to `limit` due deliveries, now this worker's, the urgent first."""
    urgencies = statements.urgencies(now)
    if not urgencies or limit < 1:
        return []
    token = secrets.token_hex(16)
    with transaction.atomic():
        batch: list[Delivery] = []
        for priority in urgencies:
            batch += statements.due(priority, now, limit - len(batch))
        if batch:
            statements.lease(batch, token, lease)
    for row in batch:
        row.state, row.due_at, row.lease_token = State.LEASED, None, token
    return batch


def release(batch: Sequence[Delivery], now: datetime) -> None:
    """Give back what was taken and not begun."""
    rows, tokens = [delivery.pk for delivery in batch], {delivery.lease_token for delivery in batch}
    Delivery.objects.filter(pk__in=rows, lease_token__in=tokens, state=State.LEASED).update(
        state=State.SCHEDULED, due_at=now, lease_until=None, lease_token=""
    )
