"""A finding names the highest level, the flags in that order, and the writer's own words with their place."""

import pytest

from tips.safety.find import find
from tips.safety.rules import flag


def test_the_most_urgent_comes_first() -> None:
    finding = find("I am stiff for an hour every morning. My foot won't lift. I rested. I waited. I can't pee.")
    assert finding.level == "E"
    assert finding.flags == ("cauda-equina", "leg-weakness-foot-drop", "inflammatory-back-pain")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Hello. Since Monday I am NUMB down–below!", "NUMB down–below"),
        ("I can\u2019t feel when I wipe.", "can\u2019t feel when I wipe"),
        ("\U0001f622 so nu\u200bmb\ndown below", "nu\u200bmb\ndown below"),
        ("**Numb** __down__ below", "Numb** __down__ below"),
        ("nuuuumb down beloooow", "nuuuumb down beloooow"),
        ("\uff4e\uff55\uff4d\uff42 down below", "\uff4e\uff55\uff4d\uff42 down below"),
        ("I am incontinennt", "incontinennt"),
    ],
)
def test_words_and_place_are_those_of_the_text(text: str, words: str) -> None:
    match = find(text).matches[0]
    assert match.flag.slug == "cauda-equina"
    assert match.words == words == text[match.start : match.end]


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Back pain and fever, and I am confused", "spinal-infection"),
        ("Had breast cancer, new back pain and my legs are weak", "cancer-and-spine"),
        ("My leg is getting weaker and it gets worse by the hour", "leg-weakness-foot-drop"),
        ("Clumsy hands all of a sudden", "cord-myelopathy"),
        ("One calf is swollen. I am short of breath.", "blood-clot"),
    ],
)
def test_worse_words_beside_it_make_it_an_emergency(text: str, slug: str) -> None:
    match = next(match for match in find(text).matches if match.flag.slug == slug)
    assert match.level == match.flag.level == "E"
    assert "{emergency}" in match.flag.action
    assert match.flag.signs != flag(slug).signs


def test_worse_words_that_are_denied_raise_nothing() -> None:
    assert find("Back pain and fever, but I am not confused").level == "S"


def test_a_part_may_stand_in_the_next_sentence_but_not_far_away() -> None:
    assert find("My back hurts. Yesterday I got shivery.").flags == ("spinal-infection",)
    between = "I went to work. I did the shopping. I watched the news. I cooked. "
    assert find(f"My back hurts. {between}Yesterday I got shivery.").level is None


def test_one_sentence_gives_one_match_of_a_flag() -> None:
    finding = find("Numb between my legs and numb down below and can't pee. Can't pee!")
    assert [match.flag.slug for match in finding.matches] == ["cauda-equina", "cauda-equina"]
