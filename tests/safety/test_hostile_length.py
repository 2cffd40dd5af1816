"""Nothing that a visitor can type keeps the rules busy: the work follows the length, and everything ends."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tips.safety import phrasebook
from tips.safety.find import find, told
from tips.safety.stretches import LONGEST_STRETCH

HOSTILE = [
    "a" * 50_000,
    "numb " * 4_000,
    "can't " * 8_000,
    "numb my " * 4_000,
    "numb," * 4_000,
    "back pain fever cancer " * 1_000,
    "no not never " * 2_000,
    "both my legs " * 2_000,
    "a'" * 25_000,
    "a" + "\u200b" * 50_000,
    "\n " * 25_000,
    "." * 50_000,
    "&" * 20_000,
    "1.1,1" * 5_000,
]


@pytest.mark.timeout(2 * 20)
@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:12])
def test_hostile_text_ends(text: str) -> None:
    assert find(text).level in (None, "E", "S", "quiet")


def test_the_work_grows_as_the_text_does(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[int] = []
    likely = phrasebook.Opening.likely

    def counted(opening: phrasebook.Opening, second: str, words: Sequence[str]) -> list[phrasebook.Phrase]:
        found = likely(opening, second, words)
        tried.append(len(found) * len(words))
        return found

    monkeypatch.setattr(phrasebook.Opening, "likely", counted)
    counts = []
    for times in (500, 1_000, 2_000):
        tried.clear()
        find("numb down below " * times)
        counts.append(sum(tried))
    assert counts[0] > 0
    assert counts[2] <= 4.1 * counts[0]


def test_an_endless_sentence_is_read_in_stretches_that_overlap() -> None:
    text = "well " * 37 + "numb between my legs " + "well " * 300
    assert all(each <= LONGEST_STRETCH for each in told(text).reading.lengths)
    assert find(text).flags == ("cauda-equina",)


@given(st.text(max_size=300))
def test_any_text_gives_places_inside_itself(text: str) -> None:
    for match in find(text).matches:
        assert text[match.start : match.end] == match.words


def test_a_letter_that_stands_for_several_words_is_one_word() -> None:
    """Each place is a word's: with two words in one, the places of those behind it pointed past the end."""
    match = find("\ufdfa numb between my legs").matches[0]
    assert match.words == "numb between my legs"


@given(st.text(max_size=60), st.text(max_size=60))
def test_whatever_stands_around_it_the_sign_is_seen(before: str, after: str) -> None:
    assert "cauda-equina" in find(f"{before}\n\nI can't pee and I am numb between my legs.\n\n{after}").flags
