"""The file of flags is complete, holds no number of any one country, and cannot be read wrongly."""

import re

import pytest

from tips.safety.phrases import Grammar
from tips.safety.rules import Flag, flag, flags, rules

GROUPS = {"cannot": ("can't", "cannot"), "pee": ("pee", "pass water")}


def matches(phrase: str, text: str) -> bool:
    return re.match(Grammar(GROUPS).expression(phrase), f"{text} ") is not None


def test_there_are_sixteen_in_order() -> None:
    assert [each.code for each in flags()] == [f"RF{number:02}" for number in range(1, 17)]
    assert len({each.slug for each in flags()}) == 16


@pytest.mark.parametrize("each", flags(), ids=lambda each: each.slug)
def test_each_says_what_to_do_and_on_whose_word(each: Flag) -> None:
    assert each.name
    assert each.action.endswith("if:")
    assert each.signs
    assert each.advice
    assert all(re.fullmatch(r"S\d\d?", source) for source in each.sources)
    assert bool(each.raises) == bool(each.raised_action) == bool(each.raised_signs) == bool(each.raised_advice)


@pytest.mark.parametrize("each", flags(), ids=lambda each: each.slug)
def test_numbers_come_from_the_country_setting(each: Flag) -> None:
    lines = " ".join((each.action, *each.signs, *each.advice, *each.raised().advice))
    assert not re.search(r"\b(999|111|112|911|116 123|85258|988)\b", lines)


def test_an_unknown_flag_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        flag("nonsense")


def test_the_lines_beside_the_flags_and_the_version_are_there() -> None:
    assert any("shingles" in line for line in rules().extra)
    assert any("midwife" in line for line in rules().extra)
    assert rules().version


@pytest.mark.parametrize(
    ("phrase", "yes", "no"),
    [
        ("numb*", "numbness", "nu"),
        ("(back|front) passage", "back passage", "side passage"),
        ("both [of|my] legs", "both legs", "both her legs"),
        ("{cannot} .. {pee}", "cant even start to pee", "cant one two three four pee"),
        ("{cannot} ... {pee}", "cant one two three four pee", "cant 1 2 3 4 5 6 7 pee"),
        ("{cannot} .. {pee}", "cannot pass water", "cant not pee"),
        ("wet myself !(laughing|with laughter)", "wet myself today", "wet myself with laughter"),
        ("over 60+", "over 75", "over 59"),
        ("(look down|bend my (neck|head))", "bend my head", "bend my knee"),
    ],
)
def test_the_little_language_means_what_it_says(phrase: str, yes: str, no: str) -> None:
    assert matches(phrase, yes)
    assert not matches(phrase, no)


@pytest.mark.parametrize("phrase", ["numb?", "(open", ".. numb", "{unknown} numb"])
def test_a_phrase_that_cannot_be_read_is_refused(phrase: str) -> None:
    grammar = Grammar(GROUPS)
    with pytest.raises((ValueError, KeyError)):
        _ = grammar.expression(phrase), grammar.first_words(phrase)
