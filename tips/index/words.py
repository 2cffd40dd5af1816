"""How a text falls into words, the same for the query, the vocabulary and the marks as for both databases."""

import re
import unicodedata
from functools import lru_cache

from tips.index.stemming import stem

WORD = re.compile(r"[^\W_]+")

STOP_WORDS = frozenset(
    """a about above after again against all also am an and any are aren as at be because been before being below
    between both but by can cannot could couldn d did didn do does doesn doing don down during each etc few for from
    further had hadn has hasn have haven having he her here hers herself him himself his how i if in into is isn it its
    itself just let ll m may me might more most must mustn my myself no nor not now of off on once only or other ought
    our ours ourselves out over own please re s same shall she should shouldn so some such t than that the their theirs
    them themselves then there these they this those through to too under until up us ve very was wasn we were weren
    what when where which while who whom whose why will with won would wouldn you your yours yourself
    yourselves arent cant couldnt didnt doesnt dont hadnt hasnt havent im isnt ive shouldnt thats wasnt werent whats
    wont wouldnt youre""".split()
)


# What a question is put in, not what it is about. On a small site these words are rare, and would count for much.
ASKING_WORDS = frozenset(
    """actually advice anybody anyone anything anyway best dear else ever everybody everyone everything find found get
    gets getting give given go goes good got gotten guess hello help helpful hey hi hope idea kind know like lot
    lots make makes making maybe mean means much need needed needs ok okay possible really recommend recommended
    right say says seem seems show sort stuff suggest suggestion sure take takes tell thank thanks thing things
    think thinking tried try trying want wanted wants way ways wonder wondering""".split()
)


def fold(word: str) -> str:
    """Lower case without accents, as SQLite's `unicode61 remove_diacritics 2` does it."""
    word = word.lower()
    if word.isascii():
        return word
    bare = "".join(letter for letter in unicodedata.normalize("NFD", word) if unicodedata.category(letter) != "Mn")
    return unicodedata.normalize("NFC", bare)


def tokens(text: str) -> list[str]:
    """Every word of the text, folded, in order."""
    return [fold(word) for word in WORD.findall(unicodedata.normalize("NFC", text))]


def stems(text: str) -> tuple[str, ...]:
    return tuple(stem(word) for word in tokens(text))


@lru_cache(maxsize=1_000)
def stem_set(text: str) -> frozenset[str]:
    """What is found once is mostly found again soon."""
    return frozenset(stems(text))


def clean(text: str) -> str:
    """On one line and without what no database takes: NUL, controls, invisible marks, half characters."""
    visible = "".join(" " if letter.isspace() else letter for letter in text)
    kept = (letter for letter in visible if not unicodedata.category(letter).startswith("C"))
    return " ".join("".join(kept).split())
