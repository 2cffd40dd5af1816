"""From what somebody typed to plain words in short stretches, each word knowing its place in the original text."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

LONGEST_WORD = 40  # characters kept of one word
LONGEST_STRETCH = 40  # words; people forget full stops
OVERLAP = 15  # words that two stretches of one endless sentence share

INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
QUOTES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u00b4": "'", "`": "'"})
WORD = re.compile(rf"&|\d+(?:[.,]\d+)?|[^\W_](?:['{INVISIBLE}]*[^\W_])*")
SENTENCE_END = re.compile(r"[.!?;\u2026](?=\s|$|[)\"'])|\n\s*\n|\n\s*[-*\u2022]")
CLAUSE_END = re.compile(r"[,()\n\u2013\u2014:]|\s-\s")
UNSEEN = str.maketrans("", "", f"'{INVISIBLE}")


class Word(NamedTuple):
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Stretch:
    """A sentence, or a part of a very long one. `breaks` are the positions of words that follow a comma or the like."""

    sentence: int
    words: tuple[Word, ...]
    breaks: frozenset[int]

    @cached_property
    def text(self) -> str:
        """The plain words, each followed by one space."""
        return "".join(f"{word.text} " for word in self.words)

    @property
    def places(self) -> Iterator[tuple[int, int, str]]:
        """Of each word: where it begins in `text`, its position, and the word."""
        place = 0
        for position, word in enumerate(self.words):
            yield place, position, word.text
            place += len(word.text) + 1


def plain(word: str) -> str:
    """Lower case without apostrophes: "can't" is "cant", "it's" is "it", "I'll" is "i" (not "ill")."""
    if word.isascii() and word.isalpha():
        return word[:LONGEST_WORD].lower()
    word = unicodedata.normalize("NFKC", word[:LONGEST_WORD]).translate(QUOTES).lower().replace("&", "and")
    stem, apostrophe, ending = word.rpartition("'")
    if apostrophe and ending in {"s", "ll", "ve", "re", "d", "m"}:
        word = stem
    if word[0].isdigit():
        word = re.split(r"[.,]", word)[0]
    return word.translate(UNSEEN)


def stretches(text: str, correct: Callable[[str], str]) -> Iterator[Stretch]:
    """The text in stretches of at most LONGEST_STRETCH words; `correct` puts one plain word right."""
    text = text.translate(QUOTES)
    known: dict[str, str] = {}
    for number, (start, end) in enumerate(_sentences(text)):
        words = []
        for found in WORD.finditer(text, start, end):
            raw = found[0]
            if raw not in known:
                known[raw] = correct(plain(raw))
            words.append(Word(known[raw], found.start(), found.end()))
        yield from _cut(number, words, _breaks(text, words))


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for end in SENTENCE_END.finditer(text):
        yield start, end.start()
        start = end.end()
    yield start, len(text)


def _breaks(text: str, words: list[Word]) -> frozenset[int]:
    gaps = enumerate(((left[2], right[1]) for left, right in pairwise(words)), 1)
    wide = ((position, text[end:start]) for position, (end, start) in gaps if start - end != 1 or text[end] != " ")
    return frozenset(position for position, gap in wide if CLAUSE_END.search(gap))


def _cut(number: int, words: list[Word], breaks: frozenset[int]) -> Iterator[Stretch]:
    first = 0
    while first < len(words):
        last = first + LONGEST_STRETCH
        inside = frozenset(place - first for place in range(first, min(last, len(words))) if place in breaks)
        yield Stretch(number, tuple(words[first:last]), inside)
        first = last - OVERLAP if last < len(words) else last
