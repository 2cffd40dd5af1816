"""T33: what a stranger could find somebody by is noticed before it is shown, and little else is."""

import tomllib
from pathlib import Path

import pytest

from tips.text.personal import MOST, is_nhs_number, personal

SET = tomllib.loads((Path(__file__).parent / "personal.toml").read_text("utf-8"))


def kinds(text: str) -> set[str]:
    return {hint.kind for hint in personal(text)}


def test_19_of_20_details_are_noticed_and_9_of_10_hints_are_right_t33():
    right = sum(kind in kinds(text) for text, kind in SET["hints"])
    wrong = sum(len(kinds(text) - {kind}) for text, kind in SET["hints"])
    wrong += sum(len(kinds(text)) for text in SET["none"])
    assert len(SET["hints"]) >= 60
    assert len(SET["none"]) >= 60
    assert right / len(SET["hints"]) >= 0.95, [text for text, kind in SET["hints"] if kind not in kinds(text)]
    assert right / (right + wrong) >= 0.9, [(text, kinds(text)) for text in SET["none"] if kinds(text)]


@pytest.mark.parametrize("kind", ["phone", "email", "account", "postcode", "nhs", "birth", "person", "address"])
def test_no_kind_hides_behind_the_others_t33(kind):
    of_this_kind = [text for text, wanted in SET["hints"] if wanted == kind]
    assert sum(kind in kinds(text) for text in of_this_kind) / len(of_this_kind) >= 0.8


def test_an_nhs_number_needs_its_check_digit():
    assert is_nhs_number("9434765919")
    assert not is_nhs_number("9434765918")
    assert not is_nhs_number("1111111111")
    assert kinds("It is 943 476 5919.") == {"nhs"}
    assert "nhs" not in kinds("It is 943 476 5918.")


def test_a_hint_names_the_words_and_their_place():
    text = "Please write to vik@example.org today."
    (hint,) = personal(text)
    assert (hint.words, text[hint.start : hint.end]) == ("vik@example.org", "vik@example.org")
    assert hint.name == "an e-mail address"


def test_there_are_never_more_hints_than_would_be_read():
    assert len(personal(" and ".join(f"vik{n}@example.org" for n in range(50)))) == MOST


@pytest.mark.parametrize(
    "text", ["a" * 20_000, "a@" * 10_000, "0 " * 10_000, "Dr " * 6_000, "1-" * 10_000, "@." * 10_000]
)
def test_no_text_keeps_it_busy(text):
    assert len(personal(text)) <= MOST


def test_nothing_personal_is_no_hint():
    assert personal("") == []
    assert personal("My lower back hurts when I sit.") == []
