"""Ten thousand learners for two months, with five days of outage: every promise kept. The processor time is told."""

import resource
from pathlib import Path

import pytest
from django.conf import settings as site

from tests.course.test_two_months import check_the_end
from tests.course.two_months import BEGIN, faults, simulate, stuck
from tips.course.loading import load_lessons

LEARNERS = 10_000


def cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


@pytest.mark.campaign
@pytest.mark.timeout(3600)
@pytest.mark.django_db(transaction=True)  # commits, as a worker does; not one transaction of two months
def test_11_every_promise_is_kept_for_ten_thousand(capsys):
    load_lessons(Path(site.CONTENT_DIR) / "lessons", now=BEGIN)
    before = cpu()
    world = simulate(LEARNERS, 7)
    spent = cpu() - before
    with capsys.disabled():
        lessons = sum(map(len, world.came.values()))
        print(f"\n{LEARNERS} learners, {lessons} lessons, {spent:.0f} s of CPU")  # noqa: T201 (the figure to read)

    assert faults(world) == []
    assert stuck() == []
    check_the_end(world, LEARNERS)
