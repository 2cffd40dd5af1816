"""From what somebody typed to plain words in short stretches, each word knowing its place in the original text."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

LONGEST_WORD = 40  # characters kept of one word
LONGEST_STRETCH = 40  # words; people forget full stops
OVERLAP = 15  # words that two stretches of one endless sentence share

INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
QUOTES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u00b4": "'", "`": "'"})
WORD = re.compile(rf"&|\d+(?:[.,]\d+)?|[^\W_](?:['{INVISIBLE}]*[^\W_])*")
SENTENCE_END = re.compile(r"[.!?;\u2026](?=\s|$|[)\"'])|\n\s*\n|\n\s*[-*\u2022]")
CLAUSE_END = re.compile(r"[,()\n\u2013\u2014:]|\s-(?=\s)")
TOKEN = re.compile(f"{WORD.pattern}|{CLAUSE_END.pattern}")
UNSEEN = str.maketrans("", "", f"' {INVISIBLE}")  # a blank too: some single letters are written out as several words


@dataclass(frozen=True)
class Stretch:
    """A sentence, or a part of a very long one: its plain words, each knowing its place in the original text.

    `breaks` are the positions of words that follow a comma or the like. The stretch begins with the word number
    `first` of the sentence `text[start:end]`.
    """

    sentence: int
    words: tuple[str, ...]
    breaks: frozenset[int]
    original: str
    start: int
    end: int
    first: int

    @cached_property
    def text(self) -> str:
        """The plain words, each followed by one space."""
        return " ".join((*self.words, ""))

    @cached_property
    def places(self) -> tuple[tuple[int, int], ...]:
        """Of each word, where it begins and ends in the original: looked up again, for few stretches are shown."""
        found = WORD.finditer(self.original, self.start, self.end)
        return tuple(word.span() for word in islice(found, self.first, self.first + len(self.words)))


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
        words: list[str] = []
        breaks: set[int] = set()
        for token in TOKEN.findall(text, start, end):
            word = known.get(token)
            if word is None:
                word = known[token] = "" if CLAUSE_END.match(token + " ") else correct(plain(token))
            if word:
                words.append(word)
            elif words:
                breaks.add(len(words))
        breaks.discard(len(words))
        if words:
            yield from _cut(Stretch(number, tuple(words), frozenset(breaks), text, start, end, 0))


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for end in SENTENCE_END.finditer(text):
        yield start, end.start()
        start = end.end()
    yield start, len(text)


def _cut(whole: Stretch) -> Iterator[Stretch]:
    first, length = 0, len(whole.words)
    if length <= LONGEST_STRETCH:
        yield whole
        return
    while first < length:
        last = min(first + LONGEST_STRETCH, length)
        inside = frozenset(place - first for place in whole.breaks if first <= place < last)
        yield replace(whole, words=whole.words[first:last], breaks=inside, first=first)
        first = last - OVERLAP if last < length else last
