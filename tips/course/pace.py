"""When the next lesson is due: whole local days, on the learner's weekdays, inside the learner's hours."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

APART = timedelta(hours=20)
SPREAD = 31  # minutes over which the mails of one morning are spread
EVERY_DAY = 127
LOOK_AHEAD = 400  # days: more than any plan needs
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Plan:
    """`weekdays` has bit 0 for Monday. The hours may cross midnight: 22 to 2 belongs to the day on which it begins."""

    days: int = 3
    weekdays: int = EVERY_DAY
    from_hour: int = 9  # 0 to 23
    until_hour: int = 12  # 1 to 24, not included
    zone: str = "UTC"

    def hours_of(self, day: date) -> tuple[datetime, datetime] | None:
        """First instant and end of that day's hours, in UTC; None where the plan leaves the day out.

        A first minute that the clocks skip in spring becomes the first valid one after; one that autumn has twice is
        the first of both.
        """
        local = ZoneInfo(self.zone)
        crosses = DAY if self.until_hour <= self.from_hour else timedelta(0)
        midnight = datetime.combine(day, time(0), tzinfo=local)
        start = (midnight + timedelta(hours=self.from_hour)).astimezone(UTC)
        end = (midnight + crosses + timedelta(hours=self.until_hour)).astimezone(UTC)
        exists = start.astimezone(local).date() == day  # Apia had no 30 December 2011
        return (start, end) if exists and self.weekdays >> day.weekday() & 1 else None

    def is_open(self, now: datetime) -> bool:
        """Whether a lesson may come at this moment."""
        today = now.astimezone(ZoneInfo(self.zone)).date()
        windows = filter(None, (self.hours_of(today - DAY), self.hours_of(today)))
        return any(start <= now < end for start, end in windows)


def next_due(plan: Plan, *, after: datetime | None, now: datetime, enrolment: int) -> datetime:
    """The first moment inside the plan that is neither past nor too soon after the lesson accepted at `after`.

    Too soon is: before the local day `plan.days` later, or within 20 hours. Each enrolment has a minute of its own, so
    that a morning's mails do not all start at once.
    Source: the specification of the course (gaps count from the acceptance of the lesson before).
    """
    floor = max(now, _earliest(plan, after)) if after else now
    for start, end in _windows(plan, floor):
        due = max(start + timedelta(minutes=enrolment * 17 % SPREAD), floor)
        if due < end:
            return due
    raise ValueError("a plan without any day")


def _earliest(plan: Plan, after: datetime) -> datetime:
    return max(midnight(after.astimezone(ZoneInfo(plan.zone)).date() + plan.days * DAY, plan.zone), after + APART)


def midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(0), tzinfo=ZoneInfo(zone)).astimezone(UTC)


def _windows(plan: Plan, floor: datetime) -> Iterator[tuple[datetime, datetime]]:
    """From the day before, whose hours may reach into this one."""
    first = floor.astimezone(ZoneInfo(plan.zone)).date() - DAY
    return (hours for number in range(LOOK_AHEAD) if (hours := plan.hours_of(first + number * DAY)))
