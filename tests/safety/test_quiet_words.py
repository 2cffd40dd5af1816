"""Questions in general, things long past and everyday phrases show a link at most; somebody else's trouble counts."""

import pytest

from tests.safety.phrases import alarms
from tips.safety.find import find


@pytest.mark.parametrize(
    "line",
    [
        "What is cauda equina?",
        "What are the warning signs of cauda equina syndrome",
        "Could it become cauda equina?",
        "If you have numbness between your legs go to hospital",
        "I fell off a ladder in 2011",
        "Years ago, I fell off a ladder",
        "My chest pain was years ago",
        "Numb bum after a bike ride",
        "My back is killing me",
        "My aunt had cancer",
    ],
)
def test_talk_about_a_sign_is_quiet(line: str) -> None:
    assert find(line).level == "quiet"


@pytest.mark.parametrize(
    ("line", "slug"),
    [
        ("Fell off a ladder in 2011 and now my neck is worse, and I can't feel when I wipe", "cauda-equina"),
        ("I had breast cancer years ago and my back hurts", "cancer-and-spine"),
        ("Numb between my legs. What is cauda equina?", "cauda-equina"),
        ("My husband can't pee", "cauda-equina"),
        ("My son wants to die", "self-harm-crisis"),
        ("My dad had prostate cancer and now his back hurts", "cancer-and-spine"),
    ],
)
def test_a_present_sign_beside_them_is_not(line: str, slug: str) -> None:
    assert slug in alarms(find(line))


def test_nothing_said_is_nothing_found() -> None:
    for line in ("", " \n\t", "?!", "Which stretch helps a stiff back?"):
        assert (find(line).level, find(line).matches, find(line).flags) == (None, (), ())
