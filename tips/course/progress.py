"""What moves a course on: a lesson was accepted, a pause is over, mail was away for days."""

import logging
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F

from tips.course import addresses, statements
from tips.course.models import Enrolment, Lesson, State
from tips.course.pace import APART, midnight, next_due
from tips.keys.sealing import Unreadable
from tips.mail import outbox
from tips.mail.models import Delivery
from tips.mail.models import State as Mail

LESSON = "course/mail/lesson"
COMPLETED = "course/mail/completed"
AT_ONCE = ":now"  # ends the key of a lesson that comes by wish, at any hour
SOON, LATER = 2, 5  # by wish: somebody waits for it at the screen; or one of a morning's many
FAILURES = 3  # lessons in a row, then the course waits for its reader
EASTERNMOST = timedelta(hours=14)

logger = logging.getLogger(__name__)


def advance(delivery: Delivery, now: datetime) -> None:
    """A lesson was accepted: move on to the next, or to the end. Call it in the transaction of the acceptance."""
    enrolment = statements.move_on(delivery.idem_key, now, at_once=delivery.idem_key.endswith(AT_ONCE))
    if enrolment and enrolment.state == State.ACTIVE:
        go_on(enrolment, now)


def go_on(enrolment: Enrolment, now: datetime, *, not_before: datetime | None = None) -> None:
    """Compose what comes next of an active course, in place of what may be under way. Call it in a transaction."""
    floor = max(now, not_before) if not_before else now
    due = next_due(enrolment.plan, after=enrolment.last_at, now=floor, enrolment=enrolment.pk)
    if not enrolment.cursor or statements.has_more(enrolment):
        compose_lesson(enrolment, now=now, due=due)
    elif statements.complete(enrolment.pk, due.date()):
        outbox.cancel(enrolment.lessons)
        _compose(COMPLETED, enrolment, f"course-completed:{enrolment.pk}:{enrolment.run}", now=now, due=due)


def compose_lesson(enrolment: Enrolment, *, now: datetime, due: datetime, at_once: bool = False) -> None:
    """The next lesson, whichever it will be when it is sent, and the only one under way."""
    key = f"lesson:{enrolment.pk}:{enrolment.run}:{enrolment.version}{AT_ONCE if at_once else ''}"
    _compose(
        LESSON,
        enrolment,
        key,
        now=now,
        due=due,
        group=enrolment.lessons,
        priority=SOON if at_once else LATER,
        alone=True,
    )


def _compose(
    purpose: str,
    enrolment: Enrolment,
    key: str,
    *,
    now: datetime,
    due: datetime,
    group: str = "",
    priority: int = LATER,
    alone: bool = False,
) -> None:
    outbox.compose(
        purpose,
        to=addresses.unseal(enrolment.sealed_address),
        context={"enrolment": enrolment.pk, "run": enrolment.run, "due": due.isoformat()},
        key=key,
        now=now,
        due=due,
        priority=priority,
        group=group or enrolment.group,
        alone=alone,
    )


def tidy(now: datetime) -> None:
    """What time alone makes due."""
    wake(now)
    put_off(now)
    mend(now)
    offer_new(now)


def wake(now: datetime) -> int:
    """End the pauses whose day has come, or comes within hours; how many."""
    over = Enrolment.objects.filter(state=State.PAUSED, paused_until__lte=(now + EASTERNMOST).date())
    return _for_each(over, lambda enrolment: resume(enrolment, now=now, on=enrolment.paused_until))


def _for_each(enrolments: Iterable[Enrolment], act: Callable[[Enrolment], bool]) -> int:
    """For how many `act` did something. An address whose key is out of reach keeps nobody else waiting."""
    done = 0
    for enrolment in enrolments:
        try:
            done += act(enrolment)
        except Unreadable:
            logger.error("the address of %s cannot be read", enrolment)
    return done


@transaction.atomic
def resume(enrolment: Enrolment, *, now: datetime, on: date | None = None) -> bool:
    """Go on with the next lesson, not before the day `on` begins where the reader is."""
    if not Enrolment.objects.filter(pk=enrolment.pk).move(State.PAUSED, to=State.ACTIVE, paused_until=None, failures=0):
        return False
    enrolment.refresh_from_db()
    go_on(enrolment, now, not_before=midnight(on, enrolment.plan.zone) if on else None)
    return True


def put_off(now: datetime) -> int:
    """After an outage, or a mail server's bad day: what is overdue waits for its reader's next hours; how many.

    A lesson that somebody asked for at once comes at any hour.
    """
    overdue = list(statements.overdue(LATER, LESSON, now))
    is_open = {plan: plan.is_open(now) for _, _, plan in overdue}
    outside = {delivery: enrolment for delivery, enrolment, plan in overdue if not is_open[plan]}
    enrolments = Enrolment.objects.in_bulk(set(outside.values()))
    return sum(_put_off(delivery, enrolments[owner], now) for delivery, owner in outside.items())


def _put_off(delivery: int, enrolment: Enrolment, now: datetime) -> int:
    due = next_due(enrolment.plan, after=enrolment.last_at, now=now, enrolment=enrolment.pk)
    # A worker that has it in hand by now keeps it.
    return Delivery.objects.filter(pk=delivery, state__in=[Mail.SCHEDULED, Mail.DEFERRED]).update(due_at=due)


def mend(now: datetime) -> int:
    """Courses that nothing moves on any more, because their lesson could not be delivered; how many."""
    stranded = Enrolment.objects.in_bulk(statements.stranded())
    return _for_each(stranded.values(), lambda enrolment: mend_one(enrolment, now))


@transaction.atomic
def mend_one(enrolment: Enrolment, now: datetime) -> bool:
    """Ended where its reader gets no mail, paused after FAILURES lessons in a row, else once more on another day."""
    row = Enrolment.objects.filter(pk=enrolment.pk)
    if not statements.stranded(enrolment.pk):
        return False
    if outbox.is_suppressed(addresses.unseal(enrolment.sealed_address)):
        row.move(State.ACTIVE, to=State.SUPPRESSED, ended_on=now.date(), wants_letters=False, wants_new=False)
    elif enrolment.failures + 1 >= FAILURES:
        row.move(State.ACTIVE, to=State.PAUSED)
    elif row.move(State.ACTIVE, to=State.ACTIVE, failures=F("failures") + 1):
        enrolment.refresh_from_db()
        go_on(enrolment, now, not_before=now + APART)
    return True


def offer_new(now: datetime) -> int:
    """Lessons added since go to those who came to the end and asked for them; how many courses go on."""
    last = Lesson.objects.published().last()
    waiting = Enrolment.objects.filter(state=State.COMPLETED, wants_new=True, cursor__lt=last.position if last else 0)
    return _for_each(waiting, lambda enrolment: _offer(enrolment, now))


@transaction.atomic
def _offer(enrolment: Enrolment, now: datetime) -> bool:
    if not Lesson.objects.to_come(enrolment).exists():
        return False
    moved = Enrolment.objects.filter(pk=enrolment.pk).move(State.COMPLETED, to=State.ACTIVE, ended_on=None)
    if moved:
        enrolment.refresh_from_db()
        go_on(enrolment, now)
    return bool(moved)
