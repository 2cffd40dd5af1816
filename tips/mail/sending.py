"""The worker's loop over the outbox: claim, fence, send, write down."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import InterfaceError, OperationalError, transaction

from tips.keys.sealing import Unreadable
from tips.mail import claims, fence, pauses, rates, verdicts
from tips.mail.envelope import Envelope, Transport
from tips.mail.errors import Left, NotSent, OurFault, Temporary, Unreachable
from tips.mail.letters import Letter, from_templates
from tips.mail.models import Delivery, State

logger = logging.getLogger(__name__)
LOST = (State.REJECTED, State.DEAD)
BY_ITSELF = (NotSent, Unreadable, fence.Passed, verdicts.Unfollowed)  # the trouble of one mail alone


def nothing(_delivery: Delivery, _now: datetime) -> None:
    pass


@dataclass(frozen=True)
class Purpose:
    """What a room adds to the sending of its mails.

    `render` writes the letter, once, in the transaction that begins the sending: the place to mint a secret link. It
    may be called again after a rollback, so it does nothing but write rows.
    `on_accepted` is called in the transaction that records the acceptance. If it raises, that is rolled back and the
    mail, though accepted, becomes uncertain when its lease runs out; so it should raise for broken invariants only.
    `on_lost` is called in the transaction in which a mail ends without having been accepted, and not by its room's own
    will: refused, given up, left by hand, or to somebody who wants no mail (`outbox.is_suppressed` tells which).
    """

    render: Callable[[Delivery, Mapping[str, Any]], Letter]
    on_accepted: Callable[[Delivery, datetime], None] = nothing
    on_lost: Callable[[Delivery, datetime], None] = nothing


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
    """One round; how many deliveries were taken up, whatever became of them. 0: nothing is due, or may go out now.

    `now` decides what is due and when a later try is; leases go by the clock of the database.
    """
    pause = pauses.current()
    if pause and pause.until > now:
        return 0
    claims.take_back(now)
    batch = _take(now=now, limit=limit, lease=lease)
    line = Line(purposes, now=now, transport=transport, lease=lease, paused=pause is not None)
    for done, delivery in enumerate(batch, 1):
        trouble = line.send(delivery)
        if trouble:
            pauses.begin(trouble.code, now)
            claims.release(batch[done:], now)
            rates.give_back(len(batch) - done)
            return done
    line.finish()
    return len(batch)


def _take(*, now: datetime, limit: int, lease: timedelta) -> list[Delivery]:
    if not rates.is_limited():
        return claims.claim(now=now, limit=limit, lease=lease)
    if not claims.is_due(now):
        return []
    granted = rates.take(limit, now)
    batch = claims.claim(now=now, limit=granted, lease=lease)
    rates.give_back(granted - len(batch))
    return batch


@dataclass(frozen=True)
class Sent:
    """On the wire and accepted, not yet written down."""

    delivery: Delivery
    code: str
    purpose: Purpose


@dataclass
class Line:
    """One mail after the other. The acceptance of one and the beginning of the next share a commit.

    So there is one commit a mail, and still never more than one that is begun and not written down.
    """

    purposes: Mapping[str, Purpose]
    now: datetime
    transport: Transport
    lease: timedelta
    paused: bool
    sent: Sent | None = None

    def send(self, delivery: Delivery) -> NotSent | None:
        """One delivery; the error when it is one that the next mail would meet too."""
        try:
            purpose = self._purpose(delivery)
            envelope = self._begin(delivery, purpose)
            self.sent = Sent(delivery, self.transport.send(envelope), purpose)
        except fence.Passed:
            self._settle(partial(fence.drop_if_unwelcome, delivery))
        except Unreadable:
            verdicts.settle(delivery, Temporary("key"), self.now)
        except NotSent as error:
            self._settle(partial(verdicts.settle, delivery, error, self.now))
            rates.heed(error, self.now)
            return error if isinstance(error, Unreachable | OurFault) else None
        return None

    def finish(self) -> None:
        """Write down the acceptance of the last one."""
        sent, self.sent = self.sent, None
        if sent is None:
            return
        try:
            with transaction.atomic():
                verdicts.accept(sent.delivery, sent.code, self.now, sent.purpose.on_accepted)
        except verdicts.Unfollowed:
            logger.exception("after the acceptance of %s", sent.delivery)
        else:
            self._end_pause()

    def _settle(self, verdict: Callable[[], Delivery | None]) -> None:
        """With what follows for the room, in one transaction; without it, where that fails."""
        try:
            with transaction.atomic():
                row = verdict()
                purpose = self.purposes.get(row.purpose) if row else None
                if row and purpose and (row.state in LOST or row.last_reason == "suppressed"):
                    verdicts.follow(row, self.now, purpose.on_lost)
        except verdicts.Unfollowed:
            logger.exception("after the end of a mail")
            verdict()

    def _purpose(self, delivery: Delivery) -> Purpose:
        """A release that does not know the purpose leaves the mail to the next one."""
        if delivery.stopped:
            raise Left(delivery.last_reason)
        try:
            return self.purposes[delivery.purpose]
        except KeyError:
            raise Temporary("no purpose") from None

    def _begin(self, delivery: Delivery, purpose: Purpose) -> Envelope:
        """If they do not go together, each goes alone: what is wrong with one mail is not the other's."""
        if self.sent is not None:
            try:
                with transaction.atomic():
                    verdicts.accept(self.sent.delivery, self.sent.code, self.now, self.sent.purpose.on_accepted)
                    envelope = fence.enter(delivery, purpose.render, now=self.now, lease=self.lease)
            except (*BY_ITSELF, OperationalError, InterfaceError) as error:
                self.finish()
                if not isinstance(error, BY_ITSELF):
                    raise
            else:
                self.sent = None
                self._end_pause()
                return envelope
        with transaction.atomic():
            return fence.enter(delivery, purpose.render, now=self.now, lease=self.lease)

    def _end_pause(self) -> None:
        if self.paused:
            pauses.end()
            self.paused = False
