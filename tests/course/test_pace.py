"""Scenario 12: whatever the zone and the clocks do, a lesson comes in its reader's hours and never too soon."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tips.course.pace import EVERY_DAY, Plan, next_due

ZONES = [
    "Europe/Berlin", "Asia/Kathmandu", "Pacific/Apia", "America/St_Johns", "Australia/Lord_Howe", "Africa/Cairo",
    "Pacific/Kiritimati", "America/Santiago", "UTC",
]  # fmt: skip
moments = st.datetimes(datetime(2008, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
plans = st.builds(
    Plan,
    days=st.sampled_from([1, 3, 7]),
    weekdays=st.integers(1, EVERY_DAY),
    from_hour=st.integers(0, 22),
    until_hour=st.integers(1, 24),
    zone=st.sampled_from(ZONES),
).filter(lambda plan: (plan.until_hour - plan.from_hour) % 24 >= 2)


def at(plan, *when):
    return datetime(*when, tzinfo=ZoneInfo(plan.zone)).astimezone(UTC)


def says(plan, hour):
    """Whether the hours of the plan hold this one, by the clock on the wall."""
    if plan.until_hour > plan.from_hour:
        return plan.from_hour <= hour < plan.until_hour
    return hour >= plan.from_hour or hour < plan.until_hour


def due(plan, after, enrolment=1):
    return next_due(plan, after=after, now=after, enrolment=enrolment)


@given(
    plan=plans, accepted=moments, waited=st.timedeltas(timedelta(), timedelta(days=90)), enrolment=st.integers(1, 9999)
)
def test_12_due_inside_the_hours_on_a_day_of_the_plan_and_never_too_soon(plan, accepted, waited, enrolment):
    now = accepted + waited
    found = next_due(plan, after=accepted, now=now, enrolment=enrolment)
    local = found.astimezone(ZoneInfo(plan.zone))
    assert plan.is_open(found)
    assert says(plan, local.hour), "what the clock on the wall says, however many hours the day has"
    assert found >= now
    assert found - accepted >= timedelta(hours=20)
    days = local.date() - accepted.astimezone(ZoneInfo(plan.zone)).date()
    assert days >= timedelta(days=plan.days)
    crossed = plan.until_hour <= plan.from_hour and local.hour < plan.until_hour
    began = local.date() - timedelta(days=1) if crossed else local.date()
    assert plan.weekdays >> began.weekday() & 1 or plan.until_hour <= plan.from_hour
    assert found <= max(now, accepted + timedelta(days=plan.days)) + timedelta(days=16)


@given(
    plan=plans, accepted=moments, enrolment=st.integers(1, 9999), sooner=st.timedeltas(timedelta(), timedelta(hours=1))
)
def test_12_a_clock_that_steps_back_an_hour_makes_nothing_earlier(plan, accepted, enrolment, sooner):
    before = next_due(plan, after=accepted, now=accepted, enrolment=enrolment)
    assert next_due(plan, after=accepted, now=accepted - sooner, enrolment=enrolment) == before


@given(plan=plans, accepted=moments, enrolment=st.integers(1, 9999))
def test_12_eight_lessons_never_come_out_of_order(plan, accepted, enrolment):
    last = accepted
    for _ in range(8):
        found = next_due(plan, after=last, now=last, enrolment=enrolment)
        assert found - last >= timedelta(hours=20)
        last = found


def test_12_a_first_minute_that_spring_skips_becomes_the_first_that_exists():
    plan = Plan(days=1, from_hour=2, until_hour=5, zone="Europe/Berlin")
    found = due(plan, at(plan, 2026, 3, 28, 3), enrolment=0)
    assert found == at(plan, 2026, 3, 29, 3)


def test_12_a_first_minute_that_autumn_has_twice_is_the_first_of_both():
    plan = Plan(days=1, from_hour=2, until_hour=5, zone="Europe/Berlin")
    assert due(plan, at(plan, 2026, 10, 24, 2), enrolment=0) == datetime(2026, 10, 25, 0, tzinfo=UTC)


@pytest.mark.parametrize(("month", "day"), [(3, 28), (3, 29), (10, 24), (10, 25)])
def test_12_nine_stays_nine_on_the_wall_on_the_days_on_which_clocks_change(month, day):
    """A day of 23 or 25 hours: counted from its midnight, nine would be eight or ten."""
    plan = Plan(days=1, from_hour=9, until_hour=12, zone="Europe/Berlin")
    found = due(plan, at(plan, 2026, month, day - 1, 9), enrolment=0)
    assert found == at(plan, 2026, month, day, 9)
    assert not plan.is_open(found - timedelta(minutes=1))
    assert plan.is_open(found + timedelta(minutes=179))
    assert not plan.is_open(found + timedelta(minutes=180))


def test_12_a_day_that_never_was_is_passed_over():
    plan = Plan(days=1, zone="Pacific/Apia")
    found = due(plan, at(plan, 2011, 12, 29, 9), enrolment=0)
    assert found.astimezone(ZoneInfo(plan.zone)).date() == date(2011, 12, 31)


def test_12_hours_across_midnight_belong_to_the_day_on_which_they_begin():
    friday = Plan(days=1, weekdays=1 << 4, from_hour=22, until_hour=2, zone="Asia/Kathmandu")
    assert friday.is_open(at(friday, 2026, 5, 8, 23))
    assert friday.is_open(at(friday, 2026, 5, 9, 1))
    assert not friday.is_open(at(friday, 2026, 5, 9, 23))
    assert not friday.is_open(at(friday, 2026, 5, 8, 1))


@pytest.mark.parametrize("leap", [2028, 2032])
def test_12_the_leap_day_is_a_day_like_any_other(leap):
    plan = Plan(days=1, zone="Europe/Berlin")
    assert due(plan, at(plan, leap, 2, 28, 9), enrolment=0) == at(plan, leap, 2, 29, 9)


def test_on_weekdays_alone_a_lesson_waits_for_monday():
    plan = Plan(days=1, weekdays=0b0011111, zone="Europe/London")
    assert due(plan, at(plan, 2026, 5, 8, 9), enrolment=0) == at(plan, 2026, 5, 11, 9)
