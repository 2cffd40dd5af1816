"""How much is noticed of what people wrote who never saw the rules, flag by flag. The bounds are what was measured.

Of the sets held out only sums are looked at, here as in docs/SAFETY.md: keep it so, or it measures nothing any more.
"""

from functools import cache

import pytest

from bench.safety import WAYS, Figures, measure
from bench.safety_data import Half, corpus

LEAST = {  # of the tuning half, of the two sets held out
    "cauda-equina": (17, 17, 14),
    "major-injury": (14, 13, 15),
    "fragility-fracture": (11, 11, 15),
    "spinal-infection": (11, 11, 15),
    "cancer-and-spine": (11, 11, 14),
    "weight-loss-night-pain": (9, 7, 13),
    "leg-weakness-foot-drop": (14, 14, 14),
    "cord-myelopathy": (10, 12, 15),
    "aortic-aneurysm": (14, 13, 15),
    "heart-attack": (14, 11, 14),
    "blood-clot": (14, 11, 15),
    "stroke-or-neck-artery": (13, 13, 15),
    "meningitis": (13, 11, 15),
    "kidney": (10, 12, 14),
    "inflammatory-back-pain": (10, 7, 15),
    "self-harm-crisis": (17, 12, 15),
}
HALVES: tuple[Half, ...] = ("tuning", "held_out", "held_out_2")
EMERGENCIES = (110, 100, 114)
SAME_DAY = (70, 68, 90)
NOTICED = (199, 186, 232)
MOST_FALSE_ALARMS = (0, 18, 12)


@cache
def figures(half: Half, way: str = "rules and weights") -> Figures:
    return measure(corpus(half), WAYS[way])


@pytest.mark.parametrize("slug", LEAST)
def test_each_flag_is_noticed_as_often_as_was_measured(slug: str) -> None:
    for half, least in zip(HALVES, LEAST[slug], strict=True):
        assert figures(half).flags[slug].right >= least, half


@pytest.mark.parametrize("place", range(len(HALVES)))
def test_urgent_posts_are_noticed_as_often_as_was_measured(place: int) -> None:
    found = figures(HALVES[place])
    assert found.levels["E"].right >= EMERGENCIES[place]
    assert found.levels["S"].right >= SAME_DAY[place]
    assert found.noticed.right >= NOTICED[place]


@pytest.mark.parametrize("place", range(len(HALVES)))
def test_harmless_posts_stay_harmless_as_often_as_was_measured(place: int) -> None:
    found = figures(HALVES[place])
    assert found.false_alarms.of >= 200
    assert found.false_alarms.right <= MOST_FALSE_ALARMS[place]


@pytest.mark.parametrize("half", HALVES[1:])
def test_the_weights_notice_twice_what_the_rules_do_for_fewer_false_alarms(half: Half) -> None:
    alone, together = figures(half, "rules alone"), figures(half)
    assert together.noticed.right >= 2 * alone.noticed.right
    assert together.false_alarms.right <= alone.false_alarms.right
