"""A denied sign is no sign; a denial that is the sign itself is one."""

import pytest

from tests.safety.phrases import alarms
from tips.safety.find import find


@pytest.mark.parametrize(
    "line",
    [
        "No numbness, tingling or weakness between my legs",
        "I haven't got any numbness down below",
        "The doctor said chest pain ruled out",
        "My scan was negative for cauda equina",
        "I don't have a fever, just back pain",
        "There is no blood in my urine",
        "Aneurysm screening was normal",
        "I was cleared of cancer and have no back pain",
    ],
)
def test_what_is_denied_raises_no_alarm(line: str) -> None:
    assert find(line).level in (None, "quiet")


@pytest.mark.parametrize(
    "line",
    [
        "can't feel when I wipe",
        "I cannot pee",
        "can't wee",
        "no feeling between my legs",
        "no control over my bladder",
        "not able to hold it",
        "unable to go",
        "I don't notice when I go",
    ],
)
def test_a_denial_that_is_the_sign_raises_it(line: str) -> None:
    assert alarms(find(line)) == {"cauda-equina"}


@pytest.mark.parametrize(
    "line",
    [
        "Not only back pain but numb down below",
        "No numbness until this morning",
        "I never had chest pain before today",
        "I had no trouble weeing until last night",
        "No fever, numb between my legs",
        "No fever but I am numb between my legs",
        "I have no fever and my bladder is leaking",
        "Bladder was normal last week, numb down below",
        "I don't know why but my bottom is numb",
        "I have not slept because I am numb down below",
        "I'm numb between my legs, is that normal?",
    ],
)
def test_a_denial_ends_where_the_sense_does(line: str) -> None:
    assert find(line).level == "E"


def test_a_denial_of_dark_thoughts_still_shows_the_link() -> None:
    assert find("I am not suicidal").level == "quiet"
    assert find("I don't want to kill myself but I can't go on").level == "E"
