"""What became of an attempt, written down: the row moves on, the journal gets its line."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from tips.mail import errors
from tips.mail.models import IN_HAND, WAITING, Delivery, Policy, State, Suppression

# The pauses of mail.md's retry rule, 113 hours in all; then the mail is given up.
RETRIES = [timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1), timedelta(hours=4), timedelta(hours=12)]
RETRIES += [timedelta(hours=24)] * 4
SECOND_LOOK = timedelta(minutes=10)

Outcome = Callable[[Delivery, str, datetime], None]


@transaction.atomic
def accept(delivery: Delivery, code: str, now: datetime, on_accepted: Callable[[Delivery, datetime], None]) -> None:
    """Acceptance and what follows from it, in one transaction.

    The fact counts whoever holds the row by now: a worker that slept past its lease may still report it, once.
    """
    row = Delivery.objects.select_for_update().get(pk=delivery.pk)
    journal(row, "accepted", code, now)
    if row.state == State.ACCEPTED:
        return
    row.last_code, row.last_reason = code, ""
    row.finish(State.ACCEPTED)
    row.save()
    on_accepted(row, now)


@transaction.atomic
def settle(delivery: Delivery, error: errors.NotSent, now: datetime) -> None:
    """Not accepted, or nobody knows: `error` says how. Does nothing when the row is no longer this worker's."""
    row = (
        Delivery.objects.select_for_update()
        .filter(pk=delivery.pk, state__in=IN_HAND, lease_token=delivery.lease_token)
        .first()
    )
    if row is None:
        return
    if row.state == State.LEASED:
        row.attempts += 1  # failed at the fence, which then counts nothing
    name, outcome = OUTCOMES[type(error)]
    row.last_code, row.last_reason = error.code, name
    outcome(row, error.code, now)
    if row.stopped and row.state in WAITING:
        row.finish(State.CANCELLED)
    row.save()
    journal(row, name, error.code, now)


def journal(row: Delivery, outcome: str, code: str, now: datetime) -> None:
    row.journal.create(number=row.journal.count() + 1, at=now, outcome=outcome, code=code)


def _defer(row: Delivery, _code: str, now: datetime) -> None:
    if row.attempts > len(RETRIES):
        row.finish(State.DEAD)
    else:
        row.let_go(State.DEFERRED, due=now + RETRIES[row.attempts - 1])


def _doubt(row: Delivery, _code: str, now: datetime) -> None:
    row.doubts += 1
    again = row.policy == Policy.RETRY and row.doubts == 1
    row.let_go(State.UNCERTAIN, due=now + SECOND_LOOK if again else None)


def _reject(row: Delivery, _code: str, _now: datetime) -> None:
    row.finish(State.REJECTED)


def _suppress(row: Delivery, code: str, now: datetime) -> None:
    Suppression.objects.get_or_create(address_digest=row.to_digest, defaults={"reason": code, "since": now.date()})
    row.finish(State.REJECTED)


def _back_off(row: Delivery, _code: str, now: datetime) -> None:
    """Behind the others, so that one mail that the provider will not have does not stop them all again and again."""
    row.attempts -= 1
    faults = row.journal.filter(outcome=OUTCOMES[errors.OurFault][0]).count()
    if faults < len(RETRIES):
        row.let_go(State.DEFERRED, due=now + RETRIES[faults])
    else:
        row.finish(State.REJECTED)


def _wait(row: Delivery, _code: str, now: datetime) -> None:
    row.attempts -= 1
    row.let_go(State.SCHEDULED, due=now)


def _bury(row: Delivery, _code: str, _now: datetime) -> None:
    row.finish(State.DEAD)


def _drop(row: Delivery, _code: str, _now: datetime) -> None:
    row.finish(State.CANCELLED)


OUTCOMES: dict[type[errors.NotSent], tuple[str, Outcome]] = {
    errors.Temporary: ("temporary", _defer),
    errors.Unreachable: ("unreachable", _defer),
    errors.Uncertain: ("uncertain", _doubt),
    errors.Permanent: ("permanent", _reject),
    errors.Gone: ("no such address", _suppress),
    errors.OurFault: ("our fault", _back_off),
    errors.LockedOut: ("locked out", _wait),
    errors.Poison: ("poison", _bury),
    errors.Unwanted: ("unwanted", _drop),
}
