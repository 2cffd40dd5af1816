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
WORDS, LIKE, CONFUSABLE = SAID["words"].split(), SAID["alike"], SAID["confusable"]
NAMES = list(dict.fromkeys(" ".join(SAID["names"].values()).split()))
LIST = [Watched(word, "watched", 20) for word in WORDS]
INVISIBLE = "\u200b\u200c\u200d\u2060\u00ad\ufeff\u200e\u200f\u202a\u202b\u202d\u202e\u2066\u2067\u2069\u180e\ufe0f"
LEET = {
    **{each: each for each in "cdfhjkmnpquvwxyr"},
    **dict(zip("abegiloszt", "4@ 8 3€ 9 1!| 1| 0 5$ 2 7+".split(), strict=True)),
}
LETTERS = "abcdefghijklmnopqrstuvwxyz"
# Bold, script, fraktur, double-struck, monospaced, wide, circled and in brackets.
FONTS = [
    "".join(chr(first + at) for at in range(26))
    for first in (0x1D41A, 0x1D4EA, 0x1D586, 0x1D552, 0x1D68A, 0xFF41, 0x24D0, 0x249C)
]
AROUND = ["{} wrote that the bridge helped.", "My physio {} told me to rest less.", "Thanks, {}! Slow walks work."]


def undisguised(word: str, pick: random.Random) -> str:
    return word


def look_alikes(word: str, pick: random.Random) -> str:
    return "".join(pick.choice(LIKE[each]) if each in LIKE and pick.random() < 0.6 else each for each in word)


def invisible(word: str, pick: random.Random) -> str:
    return "".join(each + (pick.choice(INVISIBLE) if pick.random() < 0.5 else "") for each in word)


def leetspeak(word: str, pick: random.Random) -> str:
    return "".join(pick.choice(LEET[each]) if pick.random() < 0.7 else each for each in word)


def other_fonts(word: str, pick: random.Random) -> str:
    return word.translate(str.maketrans(LETTERS, pick.choice(FONTS)))


def confusable(word: str, pick: random.Random) -> str:
    return "".join(pick.choice(CONFUSABLE[each]) if pick.random() < 0.6 else each for each in word)


def marked(word: str, pick: random.Random) -> str:
    return "".join(each + pick.choice(["\u0301", "\u0336", "\u20d2", ""]) for each in word)


def spelt(word: str, pick: random.Random) -> str:
    return pick.choice([".", "-", " ", "_", " . "]).join(word)


def loud(word: str, pick: random.Random) -> str:
    return "".join(each.upper() if each.isascii() else each for each in look_alikes(word, pick))


def worn_twice(word: str, pick: random.Random) -> str:
    """Two dresses over one another, as people who mean it do."""
    under, over = pick.choice([(leetspeak, marked), (confusable, invisible), (look_alikes, spelt), (leetspeak, spelt)])
    return over(under(word, pick), pick)


DRESSES = [undisguised, look_alikes, confusable, invisible, leetspeak, other_fonts, marked, spelt, loud, worn_twice]


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


def test_of_all_disguises_together_as_many_are_caught_t32():
    pick = random.Random(23)
    texts = [dress(word, pick) for dress in DRESSES[1:] for word in WORDS]

    missed = [text for text in texts if not caught(f"Come to {text} now!")]

    assert len(set(texts)) >= 400
    assert len(missed) <= 0.05 * len(texts), missed


def test_of_four_hundred_honest_names_of_fifty_languages_almost_none_is_caught_t32():
    full = [f"{first} {last}" for first, last in zip(NAMES, reversed(NAMES), strict=True)]
    wrong = {name for name, around in itertools.product([*NAMES, *full], AROUND) if caught(around.format(name))}

    assert len(NAMES) >= 300
    assert sum(not name.isascii() for name in NAMES) >= 300
    assert len(SAID["names"]) >= 50
    assert len(wrong) <= 0.01 * len(NAMES), wrong


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
