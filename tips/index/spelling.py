"""Corrections out of the words that the site has: candidates by shared letters (SymSpell, in SQL), then ranked anew."""

import re
from collections.abc import Mapping
from math import log10

from rapidfuzz.distance import OSA

from tips.index.models import SpellingForm, Word
from tips.index.vocabulary import SPELLED, forms
from tips.index.words import clean, fold

MOST = 5
RARE = 2  # passages: so few may all have the same slip
NO_MISSPELLINGS: Mapping[str, str] = {}
SOUNDS = (
    (re.compile("^(?:ps|sc(?=[eiy])|c(?=[eiy]))"), "s"),
    (re.compile("^(?:kn|gn)"), "n"),
    (re.compile("^wr"), "r"),
    (re.compile("ph"), "f"),
    (re.compile("sc(?=[eiy])|c(?=[eiy])|z"), "s"),
    (re.compile("ck|ch|c|q"), "k"),
    (re.compile("x"), "ks"),
    (re.compile("gh"), "g"),
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile("(?<!^)[aeiouyhw]"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)


def known(word: str) -> bool:
    """Some passage has the word, as it is spelled."""
    return Word.objects.filter(word=fold(clean(word)), df__gt=0).exists()


def correct(word: str, misspellings: Mapping[str, str] = NO_MISSPELLINGS) -> tuple[str, ...]:
    """What was meant, best first; nothing for words that some passage has. misspellings: curated, wrong to right."""
    word = fold(clean(word))
    if word in misspellings:
        return (misspellings[word],)
    near = _near(word)
    return () if word in near else _ranked(word, near)


def did_you_mean(word: str) -> tuple[str, ...]:
    """For a word that only one or two passages have: much commoner ones beside it. To be offered, never taken."""
    word = fold(clean(word))
    near = _near(word)
    own = near.pop(word, 0)
    return _ranked(word, {other: df for other, df in near.items() if df >= 10 * own}) if 0 < own <= RARE else ()


def cost(word: str, other: str, df: int) -> float:
    """Edits between the two, less what speaks for it: a common word, the same first letter, the same sound."""
    same_letter = 0.35 * (word[0] == other[0])
    same_sound = 0.5 * (sound(word) == sound(other))
    return OSA.distance(word, other) - 0.18 * log10(df + 1) - same_letter - same_sound


def sound(word: str) -> str:
    """A rough phonetic key: "siatica" and "sciatica" have the same."""
    for pattern, key in SOUNDS:
        word = pattern.sub(key, word)
    return word


def _near(word: str) -> dict[str, int]:
    """Known words that share a form with this one, and their df; the word itself if it is known. At most one query."""
    if not SPELLED.fullmatch(word):
        return {}
    return dict(SpellingForm.objects.filter(form__in=forms(word)).values_list("word__word", "word__df").distinct())


def _ranked(word: str, near: Mapping[str, int]) -> tuple[str, ...]:
    most = _edits(word)
    close = [other for other in near if OSA.distance(word, other) <= most]
    return tuple(sorted(close, key=lambda other: (cost(word, other, near[other]), other)))[:MOST]


def _edits(word: str) -> int:
    if len(word) < 5:
        return 1
    return 2 if len(word) < 9 else 3
