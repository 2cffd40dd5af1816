"""The words of a query, marked where they stand. In Python, so that both databases mark alike."""

import unicodedata
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from tips.index.query import Query
from tips.index.stemming import stemmed
from tips.index.words import WORD, fold, stems

WORDS = 24  # in one snippet
Pattern = tuple[str, ...]


@dataclass(frozen=True)
class _Found:
    """A pattern at the words first to last."""

    first: int
    last: int
    pattern: Pattern


class Marker:
    """Marks what a query and its expansions ask for, in one text after the other."""

    def __init__(self, query: Query, expansions: Iterable[str] = ()) -> None:
        patterns = {stems(term) for term in (*query.terms, *expansions)} - {()}
        self.by_first: dict[str, list[Pattern]] = {}
        for pattern in sorted(patterns, key=lambda pattern: (-len(pattern), pattern)):  # the longest first
            self.by_first.setdefault(pattern[0], []).append(pattern)

    def read(self, text: str) -> "Marked":
        return Marked(text, self.by_first)


class Marked:
    """A text and the places in it where something asked for stands; they do not overlap."""

    def __init__(self, text: str, by_first: dict[str, list[Pattern]]) -> None:
        self.text = unicodedata.normalize("NFC", text)
        self.starts, self.ends, words, different = _read(self.text)
        # A passage may be here for the title of its page alone.
        self.found = [] if different.isdisjoint(by_first) else _found(words, by_first)

    def best(self, words: int = WORDS) -> str:
        """HTML of about `words` words round the place that holds most; of the beginning if there is none."""
        first, last = _best_place(self.found, words)
        around = max(0, words - (last - first + 1))
        start = max(0, min(first - around // 2, len(self.starts) - words))
        return self._html(start, max(start + words, last + 1))

    def whole(self) -> str:
        return self._html(0, len(self.starts))

    def lines(self, words: int = WORDS) -> tuple[str, ...]:
        """HTML of every place, in order."""
        return tuple(self._html(start, stop) for start, stop in self.places(words))

    def places(self, words: int = WORDS) -> list[tuple[int, int]]:
        """First word and the one after the last, of every place; near ones share about `words` words."""
        found: list[tuple[int, int]] = []
        stop = 0
        for one in self.found:
            if one.last >= stop:
                start = max(stop, one.first - words // 3)
                stop = max(start + words, one.last + 1)
                found.append((start, stop))
        return found

    def _html(self, first: int, stop: int) -> str:
        """The words first to stop - 1 with all that stands between them, escaped and marked."""
        whole_start, whole_end = first <= 0, stop >= len(self.starts)
        at = 0 if whole_start else self.starts[first]
        end = len(self.text) if whole_end else self.ends[stop - 1]
        pieces = ["" if whole_start else "…"]
        for found in self.found:
            if found.first >= first and found.last < stop:
                start, after = self.starts[found.first], self.ends[found.last]
                pieces += [escape(self.text[at:start]), "<mark>", escape(self.text[start:after]), "</mark>"]
                at = after
        return "".join([*pieces, escape(self.text[at:end]), "" if whole_end else "…"])


def mark(text: str, query: Query, expansions: Sequence[str] = (), *, words: int = WORDS) -> str:
    """The best place of one text."""
    return Marker(query, expansions).read(text).best(words)


def occurrences(text: str, query: Query, expansions: Sequence[str] = (), *, words: int = WORDS) -> tuple[str, ...]:
    """Every place of one text."""
    return Marker(query, expansions).read(text).lines(words)


@lru_cache(maxsize=512)
def _read(text: str) -> tuple["array[int]", "array[int]", tuple[str, ...], frozenset[str]]:
    """Where each word begins and ends, its stem, and all the stems. What is found once is mostly found again soon."""
    spans = [found.span() for found in WORD.finditer(text)]
    starts, ends = array("I", [start for start, _ in spans]), array("I", [end for _, end in spans])
    words = tuple(_stem(text[start:end]) for start, end in spans)
    return starts, ends, words, frozenset(words)


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    return stemmed(fold(word))


def _found(words: Sequence[str], by_first: dict[str, list[Pattern]]) -> list[_Found]:
    """Places in a text of these stems; where two overlap, the earlier, then the longer."""
    found: list[_Found] = []
    free = 0
    for at in [at for at, word in enumerate(words) if word in by_first]:
        if at >= free:
            fits = (one for one in by_first[words[at]] if one == tuple(words[at : at + len(one)]))
            pattern = next(fits, ())
            if pattern:
                free = at + len(pattern)
                found.append(_Found(at, free - 1, pattern))
    return found


def _best_place(found: Sequence[_Found], words: int) -> tuple[int, int]:
    """First and last word of the window with the most different patterns, then the most marks, then the earliest."""
    best, place = (0, 0), (0, 0)
    for at, start in enumerate(found):
        inside = [one for one in found[at : at + words] if one.last < start.first + words] or [start]
        worth = (len({one.pattern for one in inside}), len(inside))
        if worth > best:
            best, place = worth, (start.first, inside[-1].last)
    return place
