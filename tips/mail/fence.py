"""The step into `sending`: the last look at the row and at the suppressions, and the crash journal."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction
from django.db.models.functions import Now

from tips.keys.sealing import Unreadable
from tips.mail import addresses
from tips.mail.envelope import Envelope
from tips.mail.errors import NotSent, Poison
from tips.mail.letters import Letter, serialise
from tips.mail.models import Delivery, State, Suppression

Render = Callable[[Delivery, Mapping[str, Any]], Letter]


@transaction.atomic
def enter(claimed: Delivery, render: Render, *, now: datetime, lease: timedelta) -> Envelope | None:
    """The envelope to send; None when the row is no longer this worker's or its reader wants no mail.

    The first time the letter is rendered, in this transaction, and its bytes are kept for every later try.
    Raises NotSent or Unreadable, with nothing changed.
    """
    row = (
        Delivery.objects.select_for_update()
        .filter(pk=claimed.pk, state=State.LEASED, lease_token=claimed.lease_token, lease_until__gt=Now())
        .first()
    )
    if row is None:
        return None
    if Suppression.objects.filter(address_digest=row.to_digest).exists():
        row.last_reason = "suppressed"
        row.finish(State.CANCELLED)
        row.save()
        return None
    return _begin(row, render, now=now, lease=lease)


def _begin(row: Delivery, render: Render, *, now: datetime, lease: timedelta) -> Envelope:
    to = row.recipient
    body = row.body
    if not body:
        body = _written(row, render, to=to, now=now)
        row.freeze(body)
    row.state = State.SENDING
    row.attempts += 1
    row.lease_until = Now() + lease
    row.save()
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return Envelope(sender, addresses.deliverable(to), row.message_id, now, body)


def _written(row: Delivery, render: Render, *, to: str, now: datetime) -> bytes:
    try:
        letter = render(row, row.context)
        return serialise(letter, sender=settings.DEFAULT_FROM_EMAIL, to=to, message_id=row.message_id, date=now)
    except (NotSent, Unreadable, OperationalError, InterfaceError):
        raise
    except Exception as error:  # a letter that cannot be written must not stop the letters behind it
        raise Poison(f"render {type(error).__name__}"[:40]) from error
