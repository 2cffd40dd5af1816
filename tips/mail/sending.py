"""The worker's loop over the outbox: claim, fence, send, write down."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import InterfaceError, OperationalError

from tips.keys.sealing import Unreadable
from tips.mail import claims, fence, pauses, verdicts
from tips.mail.envelope import Envelope, Transport
from tips.mail.errors import NotSent, OurFault, Temporary, Unreachable
from tips.mail.letters import Letter, from_templates
from tips.mail.models import Delivery

logger = logging.getLogger(__name__)


def nothing(_delivery: Delivery, _now: datetime) -> None:
    pass


@dataclass(frozen=True)
class Purpose:
    """What a room adds to the sending of its mails.

    `render` writes the letter, once, in the transaction that begins the sending: the place to mint a secret link.
    `on_accepted` is called in the transaction that records the acceptance. If it raises, that is rolled back and the
    mail, though accepted, becomes uncertain when its lease runs out; so it should raise for broken invariants only.
    """

    render: Callable[[Delivery, Mapping[str, Any]], Letter]
    on_accepted: Callable[[Delivery, datetime], None] = nothing


def plain(name: str) -> Purpose:
    """A mail that is nothing but its templates."""
    return Purpose(lambda _delivery, context: from_templates(name, context))


def send_due(
    purposes: Mapping[str, Purpose],
    *,
    now: datetime,
    transport: Transport,
    limit: int = 100,
    lease: timedelta = claims.LEASE,
) -> int:
    """One round; how many deliveries were taken up, whatever became of them. 0: nothing is due, or mail is paused.

    `now` decides what is due and when a later try is; leases go by the clock of the database.
    """
    pause = pauses.current()
    if pause and pause.until > now:
        return 0
    claims.take_back(now)
    batch = claims.claim(now=now, limit=limit, lease=lease)
    for done, delivery in enumerate(batch, 1):
        trouble = _send(delivery, purposes, now=now, transport=transport, lease=lease)
        if trouble:
            pauses.begin(trouble.code, now)
            claims.release(batch[done:], now)
            return done
    return len(batch)


def _send(
    delivery: Delivery, purposes: Mapping[str, Purpose], *, now: datetime, transport: Transport, lease: timedelta
) -> NotSent | None:
    """One delivery; the error when it is one that the next mail would meet too."""
    try:
        purpose = _purpose(delivery, purposes)
        envelope = fence.enter(delivery, purpose.render, now=now, lease=lease)
        if envelope:
            _hand_over(delivery, envelope, purpose, now=now, transport=transport)
    except NotSent as error:
        verdicts.settle(delivery, error, now)
        return error if isinstance(error, Unreachable | OurFault) else None
    except Unreadable:
        verdicts.settle(delivery, Temporary("key"), now)
    return None


def _purpose(delivery: Delivery, purposes: Mapping[str, Purpose]) -> Purpose:
    """A release that does not know the purpose leaves the mail to the next one."""
    try:
        return purposes[delivery.purpose]
    except KeyError:
        raise Temporary("no purpose") from None


def _hand_over(
    delivery: Delivery, envelope: Envelope, purpose: Purpose, *, now: datetime, transport: Transport
) -> None:
    code = transport.send(envelope)
    try:
        verdicts.accept(delivery, code, now, purpose.on_accepted)
    except (OperationalError, InterfaceError):
        raise
    except Exception:  # what a room does next must not stop the mails behind this one
        logger.exception("after the acceptance of %s", delivery)
        return
    pauses.end()
