"""How much is noticed of what people wrote who never saw the rules, flag by flag. The bounds are what was measured.

Of the held-out half only sums are looked at, here as in docs/SAFETY.md: keep it so, or it measures nothing any more.
"""

from functools import cache

import pytest

from bench.safety import WAYS, Figures, measure
from bench.safety_data import Half, corpus

LEAST = {  # of the tuning half, of the held-out half
    "cauda-equina": (17, 17),
    "major-injury": (14, 14),
    "fragility-fracture": (11, 10),
    "spinal-infection": (10, 10),
    "cancer-and-spine": (11, 11),
    "weight-loss-night-pain": (10, 8),
    "leg-weakness-foot-drop": (14, 12),
    "cord-myelopathy": (10, 10),
    "aortic-aneurysm": (14, 13),
    "heart-attack": (14, 12),
    "blood-clot": (14, 11),
    "stroke-or-neck-artery": (13, 13),
    "meningitis": (13, 10),
    "kidney": (10, 10),
    "inflammatory-back-pain": (10, 7),
    "self-harm-crisis": (16, 11),
}
MOST_FALSE_ALARMS = {"tuning": 6, "held_out": 28}  # of 200 harmless posts


@cache
def figures(half: Half, way: str = "rules and weights") -> Figures:
    return measure(corpus(half), WAYS[way])


@pytest.mark.parametrize("slug", LEAST)
def test_each_flag_is_noticed_as_often_as_was_measured(slug: str) -> None:
    tuning, held_out = LEAST[slug]
    assert figures("tuning").flags[slug].right >= tuning
    assert figures("held_out").flags[slug].right >= held_out


def test_emergencies_are_noticed_as_often_as_was_measured() -> None:
    assert figures("tuning").levels["E"].right >= 109
    assert figures("held_out").levels["E"].right >= 100
    assert figures("held_out").noticed.right >= 183


@pytest.mark.parametrize("half", ["tuning", "held_out"])
def test_harmless_posts_stay_harmless_as_often_as_was_measured(half: Half) -> None:
    assert figures(half).false_alarms.of == 200
    assert figures(half).false_alarms.right <= MOST_FALSE_ALARMS[half]


def test_the_weights_notice_twice_what_the_rules_do_for_hardly_more_false_alarms() -> None:
    alone, together = figures("held_out", "rules alone"), figures("held_out")
    assert together.noticed.right >= 2 * alone.noticed.right
    assert together.false_alarms.right <= alone.false_alarms.right + 2
