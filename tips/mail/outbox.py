"""What other rooms call: put a mail into the outbox, take it out again, mail somebody never more."""

import json
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from tips.keys import sealing
from tips.mail import addresses, statements
from tips.mail.models import UNFINISHED, WIPED, Delivery, DeliveryQuerySet, State
from tips.mail.suppressions import is_suppressed, lift, suppress, try_again
from tips.sql.plain import insert

__all__ = [
    "cancel",
    "compose",
    "forget_finished",
    "give_up",
    "give_up_held",
    "is_composed",
    "is_suppressed",
    "lift",
    "send_again",
    "suppress",
    "try_again",
]


def compose(
    purpose: str,
    *,
    to: str,
    context: Mapping[str, Any],
    key: str,
    now: datetime,
    due: datetime | None = None,
    policy: str = "retry",
    priority: int = 5,
    group: str = "",
    alone: bool = False,
) -> Delivery:
    """One mail, due at `due` or at once; the same `key` again gives the first one back, unchanged.

    `context` must be JSON. `policy` is "retry" or "hold" (a mail of which a second copy would do harm). The lower
    `priority` goes first. `key` and `group` are stored as they are: nothing personal in them. `alone` takes the place
    of the one of its group that is not finished: the database holds that there is never a second.
    Raises TransactionManagementError outside a transaction: what happened and its mail live or die together.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("compose() belongs into the transaction of what it tells about")
    delivery = Delivery(
        idem_key=key,
        purpose=purpose,
        message_id=new_message_id(),
        group=group,
        alone=alone,
        policy=policy,
        priority=priority,
        due_at=due or now,
        sealed_to=sealing.seal("outbox", to.encode()),
        to_digest=addresses.digest(to),
        sealed_context=sealing.seal("outbox", json.dumps(context).encode()),
        created_day=now.date(),
    )
    while not insert(delivery, once=True):
        if not alone or Delivery.objects.filter(idem_key=key).exists():
            return Delivery.objects.get(idem_key=key)
        cancel(group)  # and another may have taken its place by the time we are through
    return delivery


def is_composed(key: str) -> bool:
    """Whether there is a mail with this `key`. For whoever mostly composes in vain."""
    return statements.is_known(key)


def new_message_id() -> str:
    return f"<{secrets.token_hex(16)}@{addresses.sender().rpartition('@')[2]}>"


@transaction.atomic
def cancel(group: str) -> int:
    """Stop all that is not finished; how many. A mail on the wire right now may arrive, none starts after the commit.

    Raises ValueError for the empty group, which is that of all mails without one.
    """
    if not group:
        raise ValueError("no group")
    return statements.stop(group)


def send_again(pk: int, *, now: datetime) -> bool:
    """A person decides on a held mail: once more, same bytes and Message-ID."""
    return bool(Delivery.objects.held().filter(pk=pk).update(state=State.SCHEDULED, due_at=now))


def give_up(pk: int, *, now: datetime) -> bool:
    """A person decides on a held mail: leave it, and forget to whom it was. The worker then tells its room."""
    return bool(_leave(Delivery.objects.held().filter(pk=pk), now))


def give_up_held(*, before: datetime, now: datetime) -> int:
    """The same for every held mail composed before that day: an address is not kept for want of a decision."""
    return _leave(Delivery.objects.held().filter(created_day__lt=before.date()), now)


def _leave(held: DeliveryQuerySet, now: datetime) -> int:
    return held.update(state=State.SCHEDULED, due_at=now, stopped=True, last_reason="left", **WIPED)


def forget_finished(*, before: datetime) -> int:
    """Delete finished deliveries created before that day, with their journal; how many."""
    finished = Delivery.objects.exclude(state__in=UNFINISHED).filter(created_day__lt=before.date())
    return finished.delete()[1].get(Delivery._meta.label, 0)
