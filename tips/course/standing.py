"""How a course stands, as its learner's page shows it."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from tips.course import wishes
from tips.course.models import ENROLLED, IN, Enrolment, Lesson, LessonSent, State
from tips.mail.models import Delivery


@dataclass(frozen=True)
class Step:
    """One lesson. `kind`: sent, skipped, new (put in behind its reader), earlier (had in a run before), next, later."""

    slug: str
    title: str
    kind: str
    day: date | None = None

    @property
    def readable(self) -> bool:
        return self.kind not in {"next", "later"}


@dataclass(frozen=True)
class Standing:
    enrolment: Enrolment
    steps: list[Step]
    next_day: date | None  # where the learner is; None while it is on its way
    may_hurry: bool

    @property
    def state(self) -> str:
        return self.enrolment.state

    @property
    def is_under_way(self) -> bool:
        """Or rests."""
        return self.state in ENROLLED

    @property
    def is_in(self) -> bool:
        """There is something to stop."""
        return self.state in IN

    @property
    def newest(self) -> Step | None:
        return next((step for step in reversed(self.steps) if step.kind == "sent"), None)

    @property
    def read(self) -> int:
        return sum(step.kind == "sent" for step in self.steps)

    @property
    def more(self) -> bool:
        return any(not step.readable for step in self.steps)


def standing(enrolment: Enrolment, now: datetime) -> Standing:
    steps = _steps(enrolment)
    rested = enrolment.last_at is None or enrolment.last_at <= now - wishes.EARLY_AFTER
    hurry = rested and enrolment.early < wishes.MOST_EARLY and enrolment.state == State.ACTIVE
    return Standing(enrolment, steps, _next_day(enrolment, now), hurry and any(not step.readable for step in steps))


def _steps(enrolment: Enrolment) -> list[Step]:
    rows = LessonSent.objects.filter(enrolment=enrolment).done()
    this_run = {row.lesson_id: row for row in rows.filter(run=enrolment.run)}
    earlier = set(rows.exclude(run=enrolment.run).values_list("lesson", flat=True))
    steps: list[Step] = []
    titles = dict(Lesson.objects.outline())
    for lesson in Lesson.objects.published():
        row = this_run.get(lesson.pk)
        kind = _kind(enrolment, lesson, row, earlier, first=not any(step.kind == "next" for step in steps))
        steps.append(Step(lesson.slug, titles[lesson.pk], kind, row.accepted_on if row else None))
    return steps


def _kind(enrolment: Enrolment, lesson: Lesson, row: LessonSent | None, earlier: set[int], *, first: bool) -> str:
    if row:
        return "skipped" if row.skipped else "sent"
    if lesson.pk in earlier:
        return "earlier"
    if lesson.position <= enrolment.cursor:
        return "new"
    return "next" if first and enrolment.state == State.ACTIVE else "later"


def _next_day(enrolment: Enrolment, now: datetime) -> date | None:
    due = Delivery.objects.unfinished().filter(group=enrolment.lessons, stopped=False).values_list("due_at", flat=True)
    moment = due.first()
    return moment.astimezone(ZoneInfo(enrolment.plan.zone)).date() if moment and moment > now else None


def readable(enrolment: Enrolment, slug: str) -> Lesson | None:
    """A lesson that has been sent or passed by; None for those to come."""
    lesson = Lesson.objects.published().filter(slug=slug).first()
    if lesson is None:
        return None
    had = LessonSent.objects.filter(enrolment=enrolment, lesson=lesson).done().exists()
    return lesson if had or lesson.position <= enrolment.cursor else None
