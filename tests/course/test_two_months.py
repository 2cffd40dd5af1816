"""Three hundred learners for two months, on PostgreSQL, which takes six times as long, half as many: every promise is
tried there as well. `make faults-mail` does it with many more on both."""

from collections import Counter

import pytest
from django.db import connection

from tests.course.two_months import faults, simulate, stuck
from tips.course import progress
from tips.course.models import Enrolment, State
from tips.mail.models import FINAL, Delivery

LEARNERS = 300 if connection.vendor == "sqlite" else 150


@pytest.mark.timeout(900)
@pytest.mark.parametrize("seed", [1])
def test_11_every_promise_is_kept_for_everybody(seed, lessons):
    world = simulate(LEARNERS, seed)

    assert faults(world) == []
    assert stuck() == []
    check_the_end(world, LEARNERS)


def check_the_end(world, learners):
    states = Counter(Enrolment.objects.values_list("state", flat=True))
    under_way = Delivery.objects.unfinished().filter(purpose=progress.LESSON, stopped=False)
    assert sum(states.values()) == learners
    assert states[State.COMPLETED] > learners / 2, "most come to the end"
    assert states[State.SUPPRESSED] == Enrolment.objects.filter(state=State.SUPPRESSED, wants_letters=False).count() > 0
    assert under_way.count() == states[State.ACTIVE], "one lesson is under way for each who goes on, none for others"
    assert (
        Delivery.objects.count()
        == Delivery.objects.filter(state__in=FINAL).count() + Delivery.objects.unfinished().count()
    )
    reached = {to for to, came in world.came.items() if came}
    assert len(reached) > learners * 0.9
