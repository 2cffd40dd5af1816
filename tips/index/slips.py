"""How far a typed word is from a right one, as slips of fingers and ears go: some are cheaper than others."""

import re
from functools import cache, lru_cache

VOWELS = frozenset("aeiouy")
EARS = ("ckqsxz", "sz", "fv", "dt", "bp", "gj", "mn", "iy", "lr", "wv")  # letters that are heard for one another
ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
SWAPPED, DOUBLED, SILENT, VOWEL, HEARD, NEXT_KEY = 0.6, 0.4, 0.6, 0.6, 0.6, 0.7
AS_HEARD = 0.3  # a word written down by ear, apart from the slips in that
SPOKEN = (
    (re.compile("^(?:ps|sc(?=[eiy])|c(?=[eiy]))"), "s"),
    (re.compile("^(?:kn|gn|pn)"), "n"),
    (re.compile("^wr"), "r"),
    (re.compile("ph"), "f"),
    (re.compile("rh"), "r"),
    (re.compile("(?:ti|si|ci)(?=on|ous|al)|sh(?=[uo]n)"), "s"),
    (re.compile("sc(?=[eiy])|c(?=[eiy])|z"), "s"),
    (re.compile("ck|ch|c|q"), "k"),
    (re.compile("x"), "ks"),
    (re.compile("gh"), "g"),
    (re.compile(r"(.)\1+"), r"\1"),
)
HARDLY_HEARD = ((re.compile("(?<!^)[aeiouyhw]"), ""), (re.compile(r"(.)\1+"), r"\1"))


@lru_cache(maxsize=20_000)
def spoken(word: str) -> str:
    """The word as it would be written if letters had but one sound: "fysio" for "physio", "soas" for "psoas"."""
    for pattern, key in SPOKEN:
        word = pattern.sub(key, word)
    return word


@lru_cache(maxsize=20_000)
def sound(word: str) -> str:
    """A rough phonetic key: "siatica" and "sciatica" have the same. What nobody can say sounds like nothing else."""
    if VOWELS.isdisjoint(word):
        return word
    word = spoken(word)
    for pattern, key in HARDLY_HEARD:
        word = pattern.sub(key, word)
    return word


def heard_distance(typed: str, right: str) -> float:
    """That of the letters, or of what they say where that is less."""
    by_letter = distance(typed, right)
    if sound(typed) != sound(right):
        return by_letter
    return min(by_letter, AS_HEARD + distance(spoken(typed), spoken(right)))


def distance(typed: str, right: str) -> float:
    """Optimal string alignment with weights: 1 for a slip that nothing explains, less for the usual ones."""
    before: list[float] = []
    above = [0.0]
    for at, letter in enumerate(right):
        above.append(above[-1] + _missing(right, at, letter))
    for row, letter in enumerate(typed):
        line = [above[0] + _missing(typed, row, letter)]
        for at, other in enumerate(right):
            best = min(
                above[at] + _instead(letter, other),
                above[at + 1] + _missing(typed, row, letter),
                line[at] + _missing(right, at, other),
            )
            if row and at and letter == right[at - 1] != other == typed[row - 1]:
                best = min(best, before[at - 1] + SWAPPED)
            line.append(best)
        before, above = above, line
    return above[-1]


def _missing(word: str, at: int, letter: str) -> float:
    """A letter that only one of the two words has."""
    if letter in (word[at - 1 : at], word[at + 1 : at + 2]):
        return DOUBLED
    return SILENT if letter in "eh" else 1.0


@cache
def _instead(one: str, other: str) -> float:
    """A letter in place of another."""
    if one == other:
        return 0.0
    if one in VOWELS and other in VOWELS:
        return VOWEL
    if any(one in group and other in group for group in EARS):
        return HEARD
    return NEXT_KEY if other in _keys_beside(one) else 1.0


@cache
def _keys_beside(letter: str) -> frozenset[str]:
    for number, row in enumerate(ROWS):
        at = row.find(letter)
        if at >= 0:
            near = [row[max(at - 1, 0) : at + 2]]
            near += [ROWS[other][max(at - 1, 0) : at + 2] for other in (number - 1, number + 1) if 0 <= other < 3]
            return frozenset("".join(near)) - {letter}
    return frozenset()
