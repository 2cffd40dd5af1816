"""Everything that changes an enrolment: each step one conditional UPDATE, and a step too late changes nothing."""

import uuid
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F

from tips.course import addresses, capabilities, leaving, pace
from tips.course.models import (
    ENROLLED,
    FORGETTABLE,
    LIVE,
    CapabilityToken,
    ConsentEvent,
    Enrolment,
    Lesson,
    LessonSent,
    State,
)
from tips.course.wording import BY_PLACE
from tips.mail import outbox
from tips.mail.models import Delivery
from tips.practice.current import site

CONFIRM = "course/mail/confirm"
ENROLLED_ALREADY = "course/mail/already"
LESSON = "course/mail/lesson"
COMPLETED = "course/mail/completed"

UNCONFIRMED_FOR = timedelta(days=7)
FORGOTTEN_AFTER = timedelta(days=30)
Event = ConsentEvent.Event


@transaction.atomic
def request(*, email: str, place: str, now: datetime) -> None:
    """Somebody asks for the course on the page at `place`. The answer is in the mailbox alone.

    Every address costs the same work here, whatever we know of it: a mail that the rules do not allow is composed too,
    and dropped unsent. Call it with a valid address; raises KeyError for a page without a wording.
    """
    digest = addresses.digest(email)
    newcomer = Enrolment(address_digest=digest, sealed_address=addresses.seal(email))
    Enrolment.objects.bulk_create([newcomer], ignore_conflicts=True)
    answered = Enrolment.objects.filter(address_digest=digest).answer(now)
    enrolment = Enrolment.objects.get(address_digest=digest)
    _record(enrolment, Event.REQUESTED, place, now)
    outbox.compose(
        ENROLLED_ALREADY if enrolment.state in ENROLLED else CONFIRM,
        to=email,
        context={"enrolment": enrolment.pk, "run": enrolment.run, "silent": not answered, "asked": now.isoformat()},
        key=f"course-answer:{uuid.uuid4().hex}",
        now=now,
        priority=1,
        group=enrolment.group,
    )


@transaction.atomic
def confirm(*, token: str, now: datetime) -> bool:
    """The first confirmation starts the course with lesson 1; any later or unknown one changes nothing."""
    enrolment = capabilities.find(token, capabilities.Purpose.CONFIRM, now=now)
    if enrolment is None or not Enrolment.objects.filter(pk=enrolment.pk).move(State.PENDING, to=State.ACTIVE):
        return False
    capabilities.use_up(capabilities.Purpose.CONFIRM, enrolment, now=now)
    _record(enrolment, Event.CONFIRMED, "/course/confirm/", now)
    enrolment.refresh_from_db()
    _compose_lesson(enrolment, now=now, due=now)
    return True


@transaction.atomic
def leave(*, word: str, now: datetime) -> bool:
    """Stop the course: no mail of it starts after this commits. False when there was nothing to stop."""
    number = leaving.enrolment(word)
    enrolment = Enrolment.objects.filter(pk=number).first() if number is not None else None
    if enrolment is None:
        return False
    left = Enrolment.objects.filter(pk=enrolment.pk).move(
        *LIVE, State.COMPLETED, to=State.UNSUBSCRIBED, ended_on=now.date()
    )
    outbox.cancel(enrolment.group)
    capabilities.use_up(capabilities.Purpose.CONFIRM, enrolment, now=now)
    if left:
        _record(enrolment, Event.WITHDRAWN, "/u/", now)
    return bool(left)


def advance(delivery: Delivery, now: datetime) -> None:
    """A lesson was accepted: move on to the next, or to the end. Call it in the transaction of the acceptance."""
    sent = LessonSent.objects.filter(delivery_key=delivery.idem_key).select_related("enrolment", "lesson").first()
    if sent is None:
        return
    LessonSent.objects.filter(pk=sent.pk).update(accepted_on=now.date())
    current = Enrolment.objects.filter(pk=sent.enrolment_id, run=sent.run, state__in=ENROLLED)
    if not current.update(cursor=sent.lesson.position, version=F("version") + 1):
        return
    enrolment = current.get()
    if enrolment.state == State.ACTIVE:
        _go_on(enrolment, now)


def _go_on(enrolment: Enrolment, now: datetime) -> None:
    due = pace.next_due(now, pace_days=enrolment.pace_days, zone=site().time_zone, enrolment=enrolment.pk)
    if Lesson.objects.to_come(enrolment).exists():
        _compose_lesson(enrolment, now=now, due=due)
    elif complete(enrolment, day=due.date()):
        _compose_farewell(enrolment, now=now, due=due)


def complete(enrolment: Enrolment, *, day: date) -> bool:
    """Nothing is left to send. False when the reader left meanwhile."""
    return bool(Enrolment.objects.filter(pk=enrolment.pk).move(State.ACTIVE, to=State.COMPLETED, ended_on=day))


def _compose_farewell(enrolment: Enrolment, *, now: datetime, due: datetime) -> None:
    outbox.compose(
        COMPLETED,
        to=addresses.unseal(enrolment.sealed_address),
        context={"enrolment": enrolment.pk, "run": enrolment.run, "due": due.isoformat()},
        key=f"course-completed:{enrolment.pk}:{enrolment.run}",
        now=now,
        due=due,
        group=enrolment.group,
    )


def _compose_lesson(enrolment: Enrolment, *, now: datetime, due: datetime) -> None:
    """The next lesson, whichever it will be when it is sent. Each follows a step of its own."""
    outbox.compose(
        LESSON,
        to=addresses.unseal(enrolment.sealed_address),
        context={"enrolment": enrolment.pk, "run": enrolment.run, "due": due.isoformat()},
        key=f"lesson:{enrolment.pk}:{enrolment.run}:{enrolment.version}",
        now=now,
        due=due,
        group=enrolment.group,
    )


@transaction.atomic
def expire(now: datetime) -> int:
    """Let requests that nobody confirmed within seven days lapse; how many."""
    stale = Enrolment.objects.filter(state=State.PENDING, asked_at__lte=now - UNCONFIRMED_FOR)
    lapsed = list(stale.select_for_update())
    for enrolment in lapsed:
        outbox.cancel(enrolment.group)
    return Enrolment.objects.filter(pk__in=[row.pk for row in lapsed]).move(
        State.PENDING, to=State.EXPIRED, ended_on=now.date() - UNCONFIRMED_FOR
    )


@transaction.atomic
def forget(now: datetime) -> int:
    """Forget the addresses of courses that are over for 30 days, and old secrets; how many addresses.

    What stays says what was agreed to and withdrawn on which day, by nobody in particular.
    """
    capabilities.purge(now=now)
    over = Enrolment.objects.filter(state__in=FORGETTABLE, ended_on__lte=now.date() - FORGOTTEN_AFTER)
    CapabilityToken.objects.filter(enrolment__in=over).delete()
    return over.exclude(address_digest="").update(address_digest="", sealed_address=b"", version=F("version") + 1)


def _record(enrolment: Enrolment, event: Event, place: str, now: datetime) -> None:
    what = BY_PLACE[place].version
    ConsentEvent.objects.create(enrolment=enrolment, event=event, what=what, place=place, day=now.date())
