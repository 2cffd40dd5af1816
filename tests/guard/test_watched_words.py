"""Watched words are found in whatever dress (T32), and honest names are left alone."""

import itertools
import random
import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tips.guard.globs import matches
from tips.guard.skeleton import skeleton
from tips.guard.watching import Watched, hits

SAID = tomllib.loads(Path(__file__).with_name("disguises.toml").read_text("utf-8"))
WORDS, NAMES, LIKE = SAID["words"].split(), SAID["names"].split(), SAID["alike"]
LIST = [Watched(word, "watched", 20) for word in WORDS]
INVISIBLE = "\u200b\u200c\u200d\u2060\u00ad\ufeff\u200e"
LETTERS = "abcdefghijklmnopqrstuvwxyz"
MATHS, WIDE = ("".join(chr(first + at) for at in range(26)) for first in (0x1D41A, 0xFF41))
AROUND = ["{} wrote that the bridge helped.", "My physio {} told me to rest less.", "Thanks, {}! Slow walks work."]


def undisguised(word: str, pick: random.Random) -> str:
    return word


def look_alikes(word: str, pick: random.Random) -> str:
    return "".join(pick.choice(LIKE[each]) if each in LIKE and pick.random() < 0.6 else each for each in word)


def invisible(word: str, pick: random.Random) -> str:
    return "".join(each + (pick.choice(INVISIBLE) if pick.random() < 0.5 else "") for each in word)


def leetspeak(word: str, pick: random.Random) -> str:
    return word.translate(str.maketrans("aeiost", "431057"))


def other_fonts(word: str, pick: random.Random) -> str:
    return word.translate(str.maketrans(LETTERS, pick.choice([MATHS, WIDE])))


def marked(word: str, pick: random.Random) -> str:
    return "".join(each + pick.choice(["\u0301", "\u0336", "\u20d2", ""]) for each in word)


def spelt(word: str, pick: random.Random) -> str:
    return pick.choice([".", "-", " ", "_", " . "]).join(word)


def loud(word: str, pick: random.Random) -> str:
    return "".join(each.upper() if each.isascii() else each for each in look_alikes(word, pick))


DRESSES = [undisguised, look_alikes, invisible, leetspeak, other_fonts, marked, spelt, loud]


def caught(text: str) -> bool:
    return bool(hits(text, LIST))


@pytest.mark.parametrize("dress", DRESSES)
def test_of_fifty_words_in_each_dress_almost_all_are_caught_t32(dress):
    pick = random.Random(32)
    texts = [
        pick.choice(["Come to {} now!", "{}", "the best {}, friends", "({})"]).format(dress(word, pick))
        for word in WORDS
    ]

    missed = [text for text in texts if not caught(text)]

    assert len(missed) <= 0.05 * len(texts), missed


def test_of_three_hundred_honest_names_almost_none_is_caught_t32():
    full = [f"{first} {last}" for first, last in zip(NAMES, reversed(NAMES), strict=True)]
    texts = [around.format(name) for name, around in itertools.product([*NAMES, *full], AROUND)]

    wrong = [text for text in texts if caught(text)]

    assert len(texts) >= 300
    assert len(wrong) <= 0.01 * len(texts), wrong


@pytest.mark.parametrize(
    ("pattern", "text", "words"),
    [
        ("casino*", "Online CASINOS here", "CASINOS"),
        ("cheap pills", "so cheap   p1lls, look", "cheap p1lls"),
        ("cheap pill?", "cheap pills", "cheap pills"),
        ("*loan", "a paydayl0an", "paydayl0an"),
        ("50%", "now 50% off", "50%"),
    ],
)
def test_the_words_are_told_as_they_were_written(pattern, text, words):
    assert [hit.words for hit in hits(text, [Watched(pattern, "watched", 5)])] == [words]


@pytest.mark.parametrize("pattern", ["casino", "a.*z", "[a-z]asino", "cas(ino)+", "^casino$|x"])
def test_only_star_and_question_mark_mean_anything(pattern):
    assert bool(hits("my casinos", [Watched(pattern, "watched", 5)])) is False


@given(st.text("ab*?", max_size=8), st.text("ab", max_size=8))
def test_a_glob_says_what_its_definition_says(pattern, word):
    def meant(pattern: str, word: str) -> bool:
        if not pattern:
            return not word
        if pattern[0] == "*":
            return meant(pattern[1:], word) or (bool(word) and meant(pattern, word[1:]))
        return bool(word) and pattern[0] in {"?", word[0]} and meant(pattern[1:], word[1:])

    assert matches(pattern, word) == meant(pattern, word)


@given(st.text(max_size=60))
def test_any_text_can_be_read(text):
    hits(text, LIST)
    assert skeleton(skeleton(text)) == skeleton(text)


@pytest.mark.parametrize(
    "evil", ["a" * 50_000, "a." * 25_000, "a " * 25_000, "*a*" * 16_000, "\u0301" * 50_000, "- a " * 12_000]
)
def test_no_text_takes_more_than_its_length_t27(evil):
    """Twice the text, about twice the work: a hang guard, not a clock (20 times what was measured)."""
    before = time.process_time()
    hits(evil, [Watched("*a*b*c*d*", "watched", 1), *LIST])

    assert time.process_time() - before < 10
