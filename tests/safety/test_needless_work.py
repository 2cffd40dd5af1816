"""What is not needed is not done, and of what somebody wrote nothing stays but common words."""

import re
from collections.abc import Iterator

from tips.safety import find as finding
from tips.safety import phrases
from tips.safety.find import find
from tips.safety.phrases import Grammar
from tips.safety.places import places
from tips.safety.ruling import Ruling

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


def test_a_group_that_stands_in_many_phrases_is_opened_once(monkeypatch) -> None:
    looked_at: list[str] = []
    items = phrases._items

    def noted(phrase: str) -> Iterator[re.Match[str]]:
        looked_at.append(phrase)
        return items(phrase)

    monkeypatch.setattr(phrases, "_items", noted)
    groups = {"where": ["{side} back", "neck"], "side": ["left", "right", "my {which}"], "which": ["own"]}
    grammar = Grammar(groups)

    many = {frozenset(grammar.beginnings(f"(pain|ache) {{where}} {word}")) for word in ("now", "today", "again")}

    assert len(many) == 1
    assert [looked_at.count(phrase) for phrase in ("{side} back", "neck", "left", "my {which}")] == [1, 1, 1, 1]
