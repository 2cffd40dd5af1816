"""Who is where, in numbers: nobody can be told from them."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q

from tips.course.models import Enrolment, Lesson, State


@dataclass(frozen=True)
class Row:
    """One lesson: how many had it last and wait for the next, have put it away, or left after it."""

    lesson: Lesson
    here: int = 0
    paused: int = 0
    left: int = 0


@dataclass(frozen=True)
class Counts:
    rows: list[Row]
    states: dict[str, int] = field(default_factory=dict)
    before_first: int = 0  # who left before a lesson came
    letters: int = 0  # who wants letters


def counts() -> Counts:
    """Three queries, whatever the number of learners."""
    lessons = list(Lesson.objects.titled().order_by("position", "pk"))
    by_place = {row["cursor"]: row for row in _by_place()}
    states = dict(
        Enrolment.objects.values_list("state").annotate(number=Count("pk")).order_by().values_list("state", "number")
    )
    rows = [_row(lesson, by_place.get(lesson.position, {})) for lesson in lessons]
    letters = Enrolment.objects.filter(wants_letters=True).count()
    return Counts(rows, states, by_place.get(0, {}).get("left", 0), letters)


def _by_place() -> list[Any]:
    def of(state: str) -> Count:
        return Count("pk", filter=Q(state=state))

    grouped = Enrolment.objects.values("cursor").annotate(
        here=of(State.ACTIVE), paused=of(State.PAUSED), left=of(State.UNSUBSCRIBED)
    )
    return list(grouped.order_by())


def _row(lesson: Lesson, found: dict[str, int]) -> Row:
    return Row(lesson, found.get("here", 0), found.get("paused", 0), found.get("left", 0))
