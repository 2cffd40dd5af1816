"""Who is enrolled, what they agreed to, and the secrets that were mailed to them."""

from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.expressions import Combinable

from tips.course.pace import EVERY_DAY, Plan
from tips.practice.current import site


class State(models.TextChoices):
    PENDING = "pending", "asked, not yet confirmed"
    ACTIVE = "active"
    PAUSED = "paused"
    COMPLETED = "completed"
    UNSUBSCRIBED = "unsubscribed"
    SUPPRESSED = "suppressed"
    EXPIRED = "expired", "never confirmed"
    ERASED = "erased"


ENROLLED = (State.ACTIVE, State.PAUSED)
LIVE = (State.PENDING, *ENROLLED)
IN = (*ENROLLED, State.COMPLETED)  # whoever asks again is told where to find their page
OVER = (State.UNSUBSCRIBED, State.EXPIRED)  # whoever asks again begins anew
FORGETTABLE = (*OVER, State.COMPLETED, State.SUPPRESSED)

ANSWER_EVERY = timedelta(minutes=15)
ANSWERS_A_DAY = 3
DAY = timedelta(hours=24)


def _number(condition: Q, then: Combinable, otherwise: Combinable) -> Case:
    return Case(When(condition, then=then), default=otherwise, output_field=models.IntegerField())


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def move(self, *states: str, to: str, **changes: Any) -> int:
        """Compare and set: only rows in one of `states` take the step; how many did."""
        return self.filter(state__in=states).update(state=to, version=F("version") + 1, **changes)

    def answer(self, now: datetime) -> int:
        """Count one mail in answer to the form, and begin anew what was over; 0 where enough was sent lately.

        Who is enrolled already is told so once a day; everybody else gets a mail every 15 minutes, three a day at most.
        """
        fresh_day = Q(day_from=None) | Q(day_from__lte=now - DAY)
        over = Q(state__in=OVER)
        rested = Q(asked_at=None) | Q(asked_at__lte=now - ANSWER_EVERY)
        may_ask = Q(state__in=[State.PENDING, *OVER]) & rested & (fresh_day | Q(answers__lt=ANSWERS_A_DAY))
        is_in = Q(state__in=IN) & (Q(asked_at=None) | Q(asked_at__lte=now - DAY))
        return self.filter(may_ask | is_in).update(
            state=Case(When(over, then=Value(State.PENDING.value)), default=F("state")),
            run=_number(over, F("run") + 1, F("run")),
            cursor=_number(over, Value(0), F("cursor")),
            reminded=Case(When(over, then=Value(False)), default=F("reminded")),
            ended_on=Case(When(over, then=Value(None)), default=F("ended_on")),
            version=F("version") + 1,
            asked_at=now,
            day_from=Case(When(fresh_day, then=Value(now)), default=F("day_from")),
            answers=_number(fresh_day, Value(1), F("answers") + 1),
        )


class Enrolment(models.Model):
    """One address and its course: a row for each address, a run for each time that it starts.

    The address is sealed with a key outside the database and forgotten 30 days after the course is over.
    `cursor` is the position of the last lesson that was accepted in this run. Change `state` only by `move`.
    """

    address_digest = models.CharField(max_length=64)
    sealed_address = models.BinaryField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.PENDING)
    version = models.PositiveIntegerField(default=1)
    pace_days = models.PositiveSmallIntegerField(default=3)
    cursor = models.PositiveSmallIntegerField(default=0)
    run = models.PositiveSmallIntegerField(default=1)
    asked_at = models.DateTimeField(null=True)  # when the form was last answered by mail
    day_from = models.DateTimeField(null=True)  # `answers` are counted for 24 hours from here
    answers = models.PositiveSmallIntegerField(default=0)
    ended_on = models.DateField(null=True, db_index=True)
    weekdays = models.PositiveSmallIntegerField(default=EVERY_DAY)  # bit 0 is Monday
    from_hour = models.PositiveSmallIntegerField(default=9)
    until_hour = models.PositiveSmallIntegerField(default=12)
    zone = models.CharField(max_length=60, blank=True)  # empty: the site's
    paused_until = models.DateField(null=True)
    last_at = models.DateTimeField(null=True)  # when the last lesson was accepted
    early = models.PositiveSmallIntegerField(default=0)  # lessons in a row that came at once, by wish
    failures = models.PositiveSmallIntegerField(default=0)  # lessons in a row that could not be delivered
    reminded = models.BooleanField(default=False)  # in this run, of the confirmation
    again_on = models.DateField(null=True)  # `again` lessons were sent once more on that day
    again = models.PositiveSmallIntegerField(default=0)
    wants_letters = models.BooleanField(default=False)
    wants_new = models.BooleanField(default=False)  # lessons that are added later

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["state"], name="enrolment_state"),
            models.Index(fields=["paused_until"], name="enrolment_pauses", condition=Q(paused_until__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="enrolment_state_known"),
            models.CheckConstraint(condition=Q(pace_days__gte=1), name="enrolment_pace"),
            models.CheckConstraint(condition=Q(weekdays__gte=1, weekdays__lte=EVERY_DAY), name="enrolment_weekdays"),
            models.CheckConstraint(
                condition=Q(from_hour__lte=23, until_hour__gte=1, until_hour__lte=24), name="enrolment_hours"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=LIVE) | ~Q(address_digest=""), name="enrolment_live_has_address"
            ),
            models.UniqueConstraint(
                fields=["address_digest"], condition=~Q(address_digest=""), name="enrolment_once_per_address"
            ),
        ]

    def __str__(self) -> str:
        return f"enrolment {self.pk}: {self.state}"

    @property
    def group(self) -> str:
        """What the outbox calls the mails that answer this enrolment's wishes."""
        return f"enrolment:{self.pk}"

    @property
    def lessons(self) -> str:
        """And its lessons, of which one is under way at most."""
        return f"lessons:{self.pk}"

    @property
    def letters(self) -> str:
        """And the owner's letters to the list."""
        return f"letters:{self.pk}"

    @property
    def plan(self) -> Plan:
        zone = self.zone or site().time_zone
        return Plan(self.pace_days, self.weekdays, self.from_hour, self.until_hour, zone)


class ConsentEvent(models.Model):
    """What was agreed to or withdrawn, when and on which page. Rows are only ever added.

    The exact moment is wiped with the address; the day stays.
    """

    class Event(models.TextChoices):
        REQUESTED = "requested"
        CONFIRMED = "confirmed"
        WITHDRAWN = "withdrawn"

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="consents")
    event = models.CharField(max_length=12, choices=Event.choices)
    what = models.CharField(max_length=40)  # version of the wording
    place = models.CharField(max_length=40)  # address of the page, without any token
    day = models.DateField()
    at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(event__in=["requested", "confirmed", "withdrawn"]), name="consent_event_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event} on {self.day}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("a consent event is never changed")
        super().save(*args, **kwargs)


class CapabilityToken(models.Model):
    """A secret that was mailed, kept as its SHA-256 only. Each is good for one purpose."""

    class Purpose(models.TextChoices):
        CONFIRM = "confirm"
        LEARNER = "learner", "the learner's own page"

    digest = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=8, choices=Purpose.choices)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="tokens")
    expires = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)
    letters = models.BooleanField(default=False)  # confirming agrees to the owner's letters, too

    def __str__(self) -> str:
        return f"{self.purpose} for enrolment {self.enrolment_id}"
