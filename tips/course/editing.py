"""The owner's changes to lessons: new revisions, their order, and a copy to look at before anybody else reads it."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Max

from tips.course.models import Lesson, LessonRevision
from tips.mail import outbox
from tips.text import render

TRIAL = "course/mail/trial"
Said = Mapping[str, Any]
FIELDS = ("title", "aim", "source", "safety", "selfcheck")


@transaction.atomic
def write_lesson(*, said: Said, now: datetime, lesson: Lesson | None = None) -> LessonRevision:
    """A new revision of `lesson`, or a new lesson at the end. Who has the lesson already keeps what they read."""
    if lesson is None:
        last = Lesson.objects.aggregate(last=Max("position"))["last"] or 0
        lesson = Lesson.objects.create(slug=said["slug"], position=last + 1)
    newest = lesson.revisions.aggregate(newest=Max("number"))["newest"] or 0
    words = {name: said[name] for name in FIELDS}
    return LessonRevision.objects.create(lesson=lesson, number=newest + 1, published_at=now, **words)


@transaction.atomic
def swap(lesson: Lesson, *, earlier: bool) -> bool:
    """Change places with the neighbour. Readers past both places are sent neither again."""
    others = Lesson.objects.exclude(pk=lesson.pk)
    beside = (
        others.filter(position__lt=lesson.position).last()
        if earlier
        else (others.filter(position__gt=lesson.position).first())
    )
    if beside is None:
        return False
    Lesson.objects.filter(pk=lesson.pk).update(position=beside.position)
    Lesson.objects.filter(pk=beside.pk).update(position=lesson.position)
    return True


@transaction.atomic
def move_behind(lesson: Lesson, other: Lesson) -> None:
    """Everything behind `other` makes room. Places only grow, so that no reader's next lesson falls behind."""
    Lesson.objects.filter(position__gt=other.position).exclude(pk=lesson.pk).update(position=F("position") + 1)
    Lesson.objects.filter(pk=lesson.pk).update(position=other.position + 1)


def show(lesson: Lesson, *, published: bool) -> None:
    """A lesson taken away is skipped, and nobody is stuck at it."""
    Lesson.objects.filter(pk=lesson.pk).update(published=published)


def unsaved(said: Said) -> LessonRevision:
    """For looking at."""
    revision = LessonRevision(**{name: said[name] for name in FIELDS})
    revision.html = render.staff(revision.source).html
    return revision


@transaction.atomic
def send_trial(*, to: str, said: Said, now: datetime) -> None:
    """A copy to the owner: a lesson (FIELDS, number, total) or a letter to the list (subject, source)."""
    outbox.compose(TRIAL, to=to, context=dict(said), key=f"trial:{uuid.uuid4().hex}", now=now, priority=2)
