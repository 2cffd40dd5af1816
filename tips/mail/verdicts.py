"""What became of an attempt, written down: the row moves on, the journal gets its line."""

from collections.abc import Callable
from copy import copy
from datetime import datetime, timedelta

from django.db import InterfaceError, OperationalError, transaction

from tips.mail import errors, statements, suppressions
from tips.mail.models import IN_HAND, WAITING, Delivery, Policy, State

# The pauses of mail.md's retry rule, 113 hours in all; then the mail is given up.
RETRIES = [timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1), timedelta(hours=4), timedelta(hours=12)]
RETRIES += [timedelta(hours=24)] * 4
SECOND_LOOK = timedelta(minutes=10)

Outcome = Callable[[Delivery, str, datetime], None]


class Unfollowed(Exception):
    """The mail was accepted, and what its room does next failed."""


def accept(delivery: Delivery, code: str, now: datetime, on_accepted: Callable[[Delivery, datetime], None]) -> None:
    """Acceptance and what follows from it; call it in a transaction. Raises Unfollowed: roll back then.

    The fact counts whoever holds the row by now: a worker that slept past its lease may still report it, once.
    """
    if not statements.accept(delivery, code):
        _accept_late(delivery.pk, code, now, on_accepted)
        return
    row = copy(delivery)
    row.last_code = code
    journal(row, "accepted", code, now)
    row.finish(State.ACCEPTED)
    follow(row, now, on_accepted)


def _accept_late(pk: int, code: str, now: datetime, on_accepted: Callable[[Delivery, datetime], None]) -> None:
    row = Delivery.objects.select_for_update().get(pk=pk)
    known = row.state == State.ACCEPTED
    journal(row, "accepted", code, now)
    if not known:
        row.last_code, row.last_reason = code, ""
        row.finish(State.ACCEPTED)
    row.save()
    if not known:
        follow(row, now, on_accepted)


def follow(row: Delivery, now: datetime, on_accepted: Callable[[Delivery, datetime], None]) -> None:
    try:
        on_accepted(row, now)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:  # what a room does next must not stop the mails behind this one
        raise Unfollowed(str(row)) from error


@transaction.atomic
def settle(delivery: Delivery, error: errors.NotSent, now: datetime) -> Delivery | None:
    """Not accepted, or nobody knows: `error` says how. The row; None when it is no longer this worker's."""
    row = (
        Delivery.objects.select_for_update()
        .filter(pk=delivery.pk, state__in=IN_HAND, lease_token=delivery.lease_token)
        .first()
    )
    if row is None:
        return None
    if row.state == State.LEASED:
        row.attempts += 1  # failed at the fence, which then counts nothing
    name, outcome = OUTCOMES[type(error)]
    row.last_code, row.last_reason = error.code, name
    outcome(row, error.code, now)
    if row.stopped and row.state in WAITING:
        row.finish(State.CANCELLED)
    journal(row, name, error.code, now)
    row.save()
    return row


def journal(row: Delivery, outcome: str, code: str, now: datetime) -> None:
    """A line; the caller saves the row, which counts them."""
    row.entries += 1
    statements.note(row.pk, row.entries, outcome, code, now)


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
    suppressions.add(row.to_digest, code, now.date())
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
    errors.Left: ("left", _bury),
    errors.Unwanted: ("unwanted", _drop),
}
