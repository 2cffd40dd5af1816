"""Lessons, what each said from which day on, and to whom it went."""

from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery

from tips.course.models.enrolments import Enrolment
from tips.text import render


class LessonQuerySet(models.QuerySet["Lesson"]):
    def published(self) -> Self:
        written = LessonRevision.objects.filter(lesson=OuterRef("pk"))
        return self.filter(Exists(written), published=True)

    def to_come(self, enrolment: Enrolment) -> Self:
        """Beyond the cursor, and neither accepted nor skipped in this run under another position."""
        had = LessonSent.objects.of_this_run(enrolment).done()
        return self.published().filter(position__gt=enrolment.cursor).exclude(pk__in=had.values("lesson"))

    def titled(self) -> Self:
        """With the title of the newest revision as `title`."""
        newest = LessonRevision.objects.filter(lesson=OuterRef("pk")).order_by("-number")
        return self.annotate(title=Subquery(newest.values("title")[:1]))

    def outline(self) -> list[tuple[int, str]]:
        """Of each published lesson its key and title, in order, by one query."""
        return list(self.published().titled().values_list("pk", "title"))


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


class LessonSentQuerySet(models.QuerySet["LessonSent"]):
    def of_this_run(self, enrolment: Enrolment) -> Self:
        return self.filter(enrolment=enrolment, run=enrolment.run)

    def done(self) -> Self:
        """Accepted by the reader's mail server, or skipped by the reader."""
        return self.filter(Q(accepted_on__isnull=False) | Q(skipped=True))


class LessonSent(models.Model):
    """A lesson written into a mail, and the day on which the mail was accepted. No lesson comes twice in a run.

    `position` is where the lesson stood when it was written: the cursor moves there, wherever it is moved meanwhile.
    """

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="sent")
    run = models.PositiveSmallIntegerField()
    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="sent")
    revision = models.ForeignKey(LessonRevision, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)
    delivery_key = models.CharField(max_length=80, unique=True)
    accepted_on = models.DateField(null=True)
    skipped = models.BooleanField(default=False)

    objects = LessonSentQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["enrolment", "run", "lesson"], name="lesson_once_per_run")]

    def __str__(self) -> str:
        return f"lesson {self.lesson_id} to enrolment {self.enrolment_id}"
