"""The e-mail course: its lessons, who is enrolled, what they agreed to, and which lessons went out."""

from datetime import datetime, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.expressions import Combinable

from tips.text import render


class LessonQuerySet(models.QuerySet["Lesson"]):
    def published(self) -> Self:
        written = LessonRevision.objects.filter(lesson=OuterRef("pk"))
        return self.filter(Exists(written), published=True)

    def to_come(self, enrolment: "Enrolment") -> Self:
        """Beyond the cursor, and not yet accepted in this run under another position."""
        had = LessonSent.objects.filter(enrolment=enrolment, run=enrolment.run, accepted_on__isnull=False)
        return self.published().filter(position__gt=enrolment.cursor).exclude(pk__in=had.values("lesson"))

    def outline(self) -> list[tuple[int, str]]:
        """Of each published lesson its key and title, in order, by one query."""
        newest = LessonRevision.objects.filter(lesson=OuterRef("pk")).order_by("-number")
        titled = self.published().annotate(title=Subquery(newest.values("title")[:1]))
        return list(titled.values_list("pk", "title"))


class Lesson(models.Model):
    """One lesson. `position` decides the order; what it says is in its revisions."""

    slug = models.SlugField(max_length=80, unique=True)
    position = models.PositiveSmallIntegerField(db_index=True)
    published = models.BooleanField(default=True)

    objects = LessonQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.position}. {self.slug}"

    @property
    def latest(self) -> "LessonRevision":
        return self.revisions.latest("number")


class LessonRevision(models.Model):
    """What a lesson said from one day on. Never changed: an edit is a new revision.

    `selfcheck` is {"question": str, "options": [{"text": str, "correct": bool, "feedback": str}]}.
    """

    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    aim = models.CharField(max_length=300)
    source = models.TextField()
    html = models.TextField(editable=False)
    safety = models.CharField(max_length=300)
    selfcheck = models.JSONField(default=dict)
    loaded_digest = models.CharField(max_length=64, blank=True, editable=False)  # of its file; empty: by the owner
    published_at = models.DateTimeField()

    class Meta:
        ordering = ["lesson", "number"]
        constraints = [models.UniqueConstraint(fields=["lesson", "number"], name="lesson_revision_number")]

    def __str__(self) -> str:
        return f"{self.title}, revision {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("a lesson's revision is never changed; make a new one")
        self.html = render.staff(self.source).html
        super().save(*args, **kwargs)


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
OVER = (State.COMPLETED, State.UNSUBSCRIBED, State.EXPIRED)  # whoever asks again begins anew
FORGETTABLE = (*OVER, State.SUPPRESSED)

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
        is_in = Q(state__in=ENROLLED) & (Q(asked_at=None) | Q(asked_at__lte=now - DAY))
        return self.filter(may_ask | is_in).update(
            state=Case(When(over, then=Value(State.PENDING.value)), default=F("state")),
            run=_number(over, F("run") + 1, F("run")),
            cursor=_number(over, Value(0), F("cursor")),
            ended_on=None,
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

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="enrolment_state_known"),
            models.CheckConstraint(condition=Q(pace_days__gte=1), name="enrolment_pace"),
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
        """What the outbox calls the mails of this enrolment."""
        return f"enrolment:{self.pk}"


class ConsentEvent(models.Model):
    """What was agreed to or withdrawn, on which day and on which page. Rows are only ever added."""

    class Event(models.TextChoices):
        REQUESTED = "requested"
        CONFIRMED = "confirmed"
        WITHDRAWN = "withdrawn"

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="consents")
    event = models.CharField(max_length=12, choices=Event.choices)
    what = models.CharField(max_length=40)  # version of the wording
    place = models.CharField(max_length=40)  # address of the page, without any token
    day = models.DateField()

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

    def __str__(self) -> str:
        return f"{self.purpose} for enrolment {self.enrolment_id}"


class LessonSent(models.Model):
    """A lesson written into a mail, and the day on which the mail was accepted. No lesson comes twice in a run."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="sent")
    run = models.PositiveSmallIntegerField()
    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="sent")
    revision = models.ForeignKey(LessonRevision, on_delete=models.PROTECT, related_name="+")
    delivery_key = models.CharField(max_length=80, unique=True)
    accepted_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["enrolment", "run", "lesson"], name="lesson_once_per_run")]

    def __str__(self) -> str:
        return f"lesson {self.lesson_id} to enrolment {self.enrolment_id}"
