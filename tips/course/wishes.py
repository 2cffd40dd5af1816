"""What learners ask for on their own page. Each is one conditional UPDATE; one that does not apply changes nothing."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Case, F, Q, Value, When

from tips.course import addresses, progress
from tips.course.models import ENROLLED, IN, Enrolment, Lesson, LessonSent, State
from tips.mail import outbox

FLARE_UP = timedelta(days=7)
EARLY_AFTER = timedelta(hours=12)
MOST_EARLY = 3  # lessons in a row
MOST_AGAIN = 3  # a day


@transaction.atomic
def pause(enrolment: Enrolment, *, until: date | None) -> bool:
    """Put the lessons away until that day, or until the reader says so. Also moves the day of a pause."""
    paused = Enrolment.objects.filter(pk=enrolment.pk).move(*ENROLLED, to=State.PAUSED, paused_until=until)
    if paused:
        outbox.cancel(enrolment.lessons)
    return bool(paused)


@transaction.atomic
def change_plan(enrolment: Enrolment, *, now: datetime, **plan: Any) -> bool:
    """Pace, weekdays, hours and zone; what is under way moves to where the new plan puts it."""
    row = Enrolment.objects.filter(pk=enrolment.pk, state__in=IN)
    if not row.update(version=F("version") + 1, **plan):
        return False
    enrolment.refresh_from_db()
    if enrolment.state == State.ACTIVE and enrolment.cursor:
        progress.go_on(enrolment, now)
    return True


@transaction.atomic
def next_one_now(enrolment: Enrolment, *, now: datetime) -> bool:
    """Not within twelve hours of the last, and three in a row at most."""
    rested = Q(last_at=None) | Q(last_at__lte=now - EARLY_AFTER)
    row = Enrolment.objects.filter(rested, pk=enrolment.pk, early__lt=MOST_EARLY)
    if not Lesson.objects.to_come(enrolment).exists():
        return False
    if not row.move(State.ACTIVE, to=State.ACTIVE, early=F("early") + 1):
        return False
    enrolment.refresh_from_db()
    progress.compose_lesson(enrolment, now=now, due=now, at_once=True)
    return True


@transaction.atomic
def skip(enrolment: Enrolment, *, now: datetime) -> bool:
    """Leave the next lesson out; it can be read on the web like one that was sent."""
    lesson = Lesson.objects.to_come(enrolment).first()
    row = Enrolment.objects.filter(pk=enrolment.pk, version=enrolment.version)
    if lesson is None or not row.move(State.ACTIVE, to=State.ACTIVE, cursor=lesson.position):
        return False
    LessonSent.objects.update_or_create(
        enrolment=enrolment,
        run=enrolment.run,
        lesson=lesson,
        defaults={
            "revision": lesson.latest,
            "position": lesson.position,
            "skipped": True,
            "delivery_key": f"skip:{enrolment.pk}:{enrolment.run}:{lesson.pk}",
        },
    )
    enrolment.refresh_from_db()
    progress.go_on(enrolment, now)
    return True


@transaction.atomic
def restart(enrolment: Enrolment, *, now: datetime) -> bool:
    """A new run, from the first lesson, which comes at once. What was had before stays in the archive."""
    rested = Q(last_at=None) | Q(last_at__lte=now - EARLY_AFTER)
    begun = Enrolment.objects.filter(rested, pk=enrolment.pk).move(
        *IN, to=State.ACTIVE, run=F("run") + 1, cursor=0, early=0, paused_until=None, ended_on=None
    )
    if begun:
        outbox.cancel(enrolment.group)  # the farewell of the run before
        enrolment.refresh_from_db()
        progress.compose_lesson(enrolment, now=now, due=now, at_once=True)
    return bool(begun)


@transaction.atomic
def send_again(enrolment: Enrolment, lesson: Lesson, *, now: datetime) -> bool:
    """One lesson once more, as it reads today; three a day at most. Moves nothing on."""
    today = now.date()
    fresh = ~Q(again_on=today) | Q(again_on=None)
    row = Enrolment.objects.filter(fresh | Q(again__lt=MOST_AGAIN), pk=enrolment.pk, state__in=IN)
    count = Case(When(fresh, then=Value(1)), default=F("again") + 1)
    if not row.update(again=count, again_on=today):
        return False
    enrolment.refresh_from_db()
    outbox.compose(
        progress.LESSON,
        to=addresses.unseal(enrolment.sealed_address),
        context={"enrolment": enrolment.pk, "run": enrolment.run, "due": now.isoformat(), "again": lesson.pk},
        key=f"again:{enrolment.pk}:{today}:{enrolment.again}",
        now=now,
        group=enrolment.group,
    )
    return True


def want_new(enrolment: Enrolment, *, wanted: bool) -> bool:
    """To be told of lessons that are added after the end."""
    return bool(Enrolment.objects.filter(pk=enrolment.pk, state__in=IN).update(wants_new=wanted))
