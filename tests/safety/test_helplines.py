"""Every country's numbers, and how they read in the flags' sentences."""

import pytest

from tips.safety.numbers import countries, fill, helplines
from tips.safety.rules import flag, flags


@pytest.mark.parametrize(
    ("country", "number"),
    [("GB", "999"), ("IE", "112"), ("AU", "000"), ("NZ", "111"), ("US", "911"), ("CA", "911"), ("EU", "112")],
)
def test_each_country_has_its_emergency_number(country: str, number: str) -> None:
    assert helplines(country).emergency.number == number


def test_a_country_without_numbers_of_its_own_gets_those_of_the_union() -> None:
    assert helplines("DE") == helplines("XX") == helplines("EU")
    assert helplines("gb") == helplines("GB")


def test_a_country_goes_by_its_name() -> None:
    assert str(countries()["NZ"]) == "New Zealand"


def test_numbers_stand_where_the_placeholders_were() -> None:
    text = "Call {emergency}. Or {advice}. Talk: {crisis}."
    assert fill(text, helplines("GB")) == (
        "Call 999. Or NHS 111. Talk: NHS 111, mental health option: call 111 and choose option 2 (England); "
        "Samaritans on 116 123: call, day or night; Shout: send a text to 85258."
    )
    assert fill(text, helplines("AU")) == (
        "Call 000. Or Healthdirect on 1800 022 222. Talk: Lifeline on 13 11 14: call."
    )
    assert "112 or 999" in fill(text, helplines("IE"))


@pytest.mark.parametrize("country", countries())
def test_a_line_never_comes_without_its_number(country: str) -> None:
    for line in helplines(country).crisis:
        assert line.number in str(line)


def test_without_a_number_the_sentence_still_says_what_to_do() -> None:
    filled = fill("Call {advice}. Talk: {crisis}.", helplines("EU"))
    assert filled == "Call an out-of-hours doctor service. Talk: call someone you trust, or your doctor."


@pytest.mark.parametrize("country", countries())
def test_no_placeholder_is_left_over(country: str) -> None:
    for each in flags():
        for shown in (each, each.raised()):
            for line in (shown.action, *shown.signs, *shown.advice):
                assert not set("{}") & set(fill(line, helplines(country)))


def test_other_braces_stay() -> None:
    assert fill("{0} {x}", helplines("GB")) == "{0} {x}"


def test_the_crisis_card_begins_with_warm_words() -> None:
    assert flag("self-harm-crisis").action.startswith("You matter")
