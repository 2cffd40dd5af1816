"""The step into `sending`: the last look at the row and at the suppressions, and the crash journal."""

import zlib
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction

from tips.keys import sealing
from tips.keys.sealing import Unreadable
from tips.mail import addresses, statements
from tips.mail.envelope import Envelope
from tips.mail.errors import NotSent, Poison
from tips.mail.letters import Letter, serialise
from tips.mail.models import Delivery, State, Suppression

Render = Callable[[Delivery, Mapping[str, Any]], Letter]


class Passed(Exception):
    """Not to be sent: no longer this worker's, or its reader wants no mail."""


def enter(claimed: Delivery, render: Render, *, now: datetime, lease: timedelta) -> Envelope:
    """The envelope to send; call it in a transaction.

    The first time the letter is rendered, and its bytes are kept for every later try. Whether it may go out is decided
    last, by the one UPDATE that begins it. Raises Passed, NotSent or Unreadable: roll back then, and with it goes
    what the render wrote.
    """
    to, body, to_keep = claimed.recipient, claimed.body, b""
    if not body:
        body = _written(claimed, render, to=to, now=now)
        to_keep = sealing.seal("outbox", zlib.compress(body, 1))
    envelope = Envelope(addresses.sender(), addresses.deliverable(to), claimed.message_id, now, body)
    if not statements.begin(claimed, sealed_body=to_keep, lease=lease):
        raise Passed
    return envelope


@transaction.atomic
def drop_if_unwelcome(claimed: Delivery) -> Delivery | None:
    """The row, if its reader wants no mail."""
    row = Delivery.objects.mine(claimed, State.LEASED).select_for_update().first()
    if row is None or not Suppression.objects.of(row.to_digest).exists():
        return None
    row.last_reason = "suppressed"
    row.finish(State.CANCELLED)
    row.save()
    return row


def _written(row: Delivery, render: Render, *, to: str, now: datetime) -> bytes:
    try:
        letter = render(row, row.context)
        return serialise(letter, sender=settings.DEFAULT_FROM_EMAIL, to=to, message_id=row.message_id, date=now)
    except (NotSent, Unreadable, OperationalError, InterfaceError):
        raise
    except Exception as error:  # a letter that cannot be written must not stop the letters behind it
        raise Poison(f"render {type(error).__name__}"[:40]) from error
