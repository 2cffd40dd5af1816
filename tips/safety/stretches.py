"""From what somebody typed to words in short stretches, each word knowing its place in the original text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

from tips.safety.vocabulary import Vocabulary, Word
from tips.safety.words import QUOTES, WORD

LONGEST_STRETCH = 40  # words; people forget full stops
OVERLAP = 15  # words that two stretches of one endless sentence share

SENTENCE_END = re.compile(r"[.!?;\u2026](?=\s|$|[)\"'])|\n\s*\n|\n\s*[-*\u2022]")
CLAUSE_END = re.compile(r"[,()\n\u2013\u2014:]|\s-(?=\s)")
TOKEN = re.compile(f"{WORD.pattern}|{CLAUSE_END.pattern}")
LINK = re.compile(r"(?:https?://|www\.)\S*[\w/]", re.IGNORECASE)
SIGNS = ",()\n\u2013\u2014:-"  # at the end of what is a clause's end and no word
NO_BREAKS = frozenset[int]()


@dataclass(eq=False)
class Stretch:
    """A sentence, or a part of a very long one: its words, each knowing its place in the original text.

    `breaks` are the positions of words that follow a comma or the like. The stretch begins with the word number
    `first` of the sentence `original[start:end]`.
    """

    sentence: int
    words: Sequence[Word]
    breaks: frozenset[int]
    original: str
    start: int
    end: int
    first: int

    @cached_property
    def places(self) -> list[tuple[int, int]]:
        """Of each word, where it begins and ends in the original: looked up again, for few stretches are shown."""
        found = WORD.finditer(self.original, self.start, self.end)
        return [word.span() for word in islice(found, self.first, self.first + len(self.words))]


class _Words(dict[str, Word | None]):
    """The uncommon words of one text as they were typed; None for a comma or the like."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def __missing__(self, token: str) -> Word | None:
        self[token] = word = None if token[-1] in SIGNS else self._vocabulary.word(token)
        return word


def stretches(text: str, vocabulary: Vocabulary) -> Iterator[Stretch]:
    """The text in stretches of at most LONGEST_STRETCH words."""
    text = _without_links(text.translate(QUOTES))
    common, others = vocabulary.common.get, _Words(vocabulary)
    for number, (start, end) in enumerate(_sentences(text)):
        words, breaks = _parted([common(token) or others[token] for token in TOKEN.findall(text, start, end)])
        if len(words) > LONGEST_STRETCH:
            yield from _cut(Stretch(number, words, breaks, text, start, end, 0))
        elif words:
            yield Stretch(number, words, breaks, text, start, end, 0)


def _without_links(text: str) -> str:
    """A link says nothing of who sends it: blanks stand for it, so that every word keeps its place."""
    if "://" not in text and "www." not in text.lower():
        return text
    return LINK.sub(lambda link: " " * len(link[0]), text)


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for end in SENTENCE_END.finditer(text):
        yield start, end.start()
        start = end.end()
    yield start, len(text)


def _parted(found: list[Word | None]) -> tuple[list[Word], frozenset[int]]:
    """The words alone, and before which of them a clause ends."""
    words = [word for word in found if word is not None]
    if len(words) == len(found):
        return words, NO_BREAKS
    breaks, place = set(), 0
    for word in found:
        if word is None:
            breaks.add(place)
        else:
            place += 1
    return words, frozenset(breaks - {0, place})


def _cut(whole: Stretch) -> Iterator[Stretch]:
    first, length = 0, len(whole.words)
    while first < length:
        last = min(first + LONGEST_STRETCH, length)
        inside = frozenset([place - first for place in whole.breaks if first <= place < last])
        yield replace(whole, words=whole.words[first:last], breaks=inside, first=first)
        first = last - OVERLAP if last < length else last
