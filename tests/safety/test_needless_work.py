"""What is not needed is not done, and of what somebody wrote nothing stays but common words."""

import re
from collections.abc import Iterator

import pytest

from tips.safety import find as finding
from tips.safety import phrases
from tips.safety.find import find
from tips.safety.phrases import Grammar
from tips.safety.places import places
from tips.safety.ruling import Ruling
from tips.safety.weights import weights

CALM = (
    "We drove to the coast on Saturday and the children built a castle. The cafe had cake and my wife found a shell. "
)


def test_a_stretch_in_which_no_pattern_begins_is_looked_at_once() -> None:
    text = CALM * 10 + "I can't pee and I am numb between my legs. " + CALM * 10
    found = places(finding._read(text))
    ruled = Ruling(finding._patterns(), text, found).matches()
    assert [bool(matches) for matches in ruled].index(True) == 20
    looked_at = [number for number, place in enumerate(found) if "spans" in vars(place)]
    assert looked_at == [20]


def test_a_phrase_is_tried_only_where_its_last_word_stands() -> None:
    """Every "and" may begin "and … is fine", and few do."""
    opening = finding._vocabulary().word("and").opening

    def tried(line: str) -> list[str]:
        words = line.split()
        return [phrase.part for phrase in opening.likely(words[1], words) if "fine" in phrase.closers]

    assert tried("and my scan was fine")
    assert not tried("and my scan was booked")


def test_only_common_words_stay_in_memory() -> None:
    kept = finding._vocabulary().common
    find("Zebulon Quux-Fnord of Llanfairpwll, 07700 900123, zq@example.org, has a pain in his back")
    assert {"pain", "back"} <= kept.keys()
    assert all(word.isalpha() and word.isascii() for word in kept)
    assert not {"zebulon", "quux", "fnord", "llanfairpwll", "07700", "900123", "zq"} & kept.keys()


@pytest.fixture
def looked_at(monkeypatch) -> list[str]:
    """Phrases, as often as they are read."""
    read: list[str] = []
    items = phrases._items

    def noted(phrase: str) -> Iterator[re.Match[str]]:
        read.append(phrase)
        return items(phrase)

    monkeypatch.setattr(phrases, "_items", noted)
    return read


def test_a_group_that_stands_in_many_phrases_is_opened_once(looked_at: list[str]) -> None:
    groups = {"where": ["{side} back", "neck"], "side": ["left", "right", "my {which}"], "which": ["own"]}
    grammar = Grammar(groups)

    many = {frozenset(grammar.beginnings(f"(pain|ache) {{where}} {word}")) for word in ("now", "today", "again")}

    assert len(many) == 1
    assert [looked_at.count(phrase) for phrase in ("{side} back", "neck", "left", "my {which}")] == [1, 1, 1, 1]


def test_what_features_are_called_is_not_kept_but_of_the_few_that_are_asked_for_by_name() -> None:
    """Every other feature weighs what another one does, and words stand in many: none is kept twice."""
    learnt = weights()
    assert len(learnt.places) < len(learnt.packed) / 100
    assert len({id(weight) for weight in learnt.packed}) == len({*learnt.packed}) < 0.6 * len(learnt.packed)
    seconds = [word for known in learnt.stems.values() for word in (*known.next, *known.second)]
    assert len({id(word) for word in seconds}) == len({*seconds}) < 0.2 * len(seconds)


def test_phrases_that_begin_a_pattern_are_the_same_that_stand_in_it() -> None:
    """One book, not two: what is compiled for finding a place is there for reading it."""
    word = finding._vocabulary().word("numb")
    assert word.first.following
    for second, leading in word.first.following.items():
        assert {id(phrase) for phrase in leading} <= {id(phrase) for phrase in word.opening.following[second]}


def test_a_phrase_is_read_once_however_much_is_asked_of_it(looked_at: list[str]) -> None:
    grammar = Grammar({"where": ["lower back", "neck"]})

    for ask in (grammar.expression, grammar.beginnings, grammar.closers, grammar.first_words):
        ask("sharp pain {where} [today]")

    assert sorted(looked_at) == ["lower back", "neck", "sharp pain {where} [today]", "today"]
