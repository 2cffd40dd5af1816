"""M. F. Porter, "An algorithm for suffix stripping", Program 14(3), 1980. SQLite's `porter` tokenizer does the same."""

import re
from functools import lru_cache

C = "[^aeiou][^aeiouy]*"
V = "[aeiouy][aeiou]*"
MEASURE_1 = re.compile(f"^({C})?{V}{C}")
MEASURE_IS_1 = re.compile(f"^({C})?{V}{C}({V})?$")
MEASURE_2 = re.compile(f"^({C})?{V}{C}{V}{C}")
HAS_VOWEL = re.compile(f"^({C})?[aeiouy]")
ENDS_CVC = re.compile(f"^{C}[aeiouy][^aeiouwxy]$")
DOUBLE = re.compile(r"([^aeiouylsz])\1$")

STEP_2 = (
    ("ational", "ate"), ("tional", "tion"), ("enci", "ence"), ("anci", "ance"), ("izer", "ize"), ("logi", "log"),
    ("bli", "ble"), ("alli", "al"), ("entli", "ent"), ("eli", "e"), ("ousli", "ous"), ("ization", "ize"),
    ("ation", "ate"), ("ator", "ate"), ("alism", "al"), ("iveness", "ive"), ("fulness", "ful"), ("ousness", "ous"),
    ("aliti", "al"), ("iviti", "ive"), ("biliti", "ble"),
)  # fmt: skip
STEP_3 = (
    ("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"), ("ful", ""), ("ness", ""),
)  # fmt: skip
STEP_4 = (
    "ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism", "ate", "iti", "ous", "ive", "ize", "ion",
    "al", "er", "ic", "ou",
)  # fmt: skip

# The rules take "lunge" for "lung", in both databases too: who looks for an exercise must not meet a blood clot.
APART = dict.fromkeys(("lunge", "lunges", "lunged", "lunging"), "lunge")
MISTAKEN = {"lunge": "lung", "lung": "lunge"}  # each for the other


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """`stemmed`, and kept."""
    return stemmed(word)


def stemmed(word: str) -> str:
    """The stem of one lower-case word; words of one or two letters and words outside a to z stay as they are."""
    if len(word) < 3 or not (word.isascii() and word.isalpha()):
        return word
    if word in APART:
        return APART[word]
    word = _tidy_e(_without_suffix(_replaced(_replaced(_y_to_i(_past(_singular(word))), STEP_2), STEP_3)))
    return word[:-1] if word.endswith("ll") and MEASURE_2.match(word[:-1]) else word


def _singular(word: str) -> str:
    if word.endswith(("sses", "ies")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _past(word: str) -> str:
    if word.endswith("eed"):
        return word[:-1] if MEASURE_1.match(word[:-3]) else word
    base = re.sub("(ed|ing)$", "", word)
    if base == word or not HAS_VOWEL.match(base):
        return word
    if base.endswith(("at", "bl", "iz")):
        return base + "e"
    if DOUBLE.search(base):
        return base[:-1]
    return base + "e" if MEASURE_IS_1.match(base) and ENDS_CVC.match(base) else base


def _y_to_i(word: str) -> str:
    return word[:-1] + "i" if word.endswith("y") and HAS_VOWEL.match(word[:-1]) else word


def _replaced(word: str, endings: tuple[tuple[str, str], ...]) -> str:
    for ending, other in endings:
        if word.endswith(ending):
            base = word.removesuffix(ending)
            return base + other if MEASURE_1.match(base) else word
    return word


def _without_suffix(word: str) -> str:
    for ending in STEP_4:
        if word.endswith(ending):
            base = word.removesuffix(ending)
            fits = ending != "ion" or base.endswith(("s", "t"))
            return base if fits and MEASURE_2.match(base) else word
    return word


def _tidy_e(word: str) -> str:
    if not word.endswith("e"):
        return word
    base = word[:-1]
    short = MEASURE_IS_1.match(base) and not ENDS_CVC.match(base)
    return base if MEASURE_2.match(base) or short else word
