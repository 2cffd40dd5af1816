"""The words of a query, marked where they stand. In Python, so that both databases mark alike."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from tips.index.query import Query
from tips.index.stemming import stem
from tips.index.words import WORD, fold, stems

WORDS = 24  # in one snippet
Pattern = tuple[str, ...]


@dataclass(frozen=True)
class _Word:
    start: int
    end: int
    stem: str


@dataclass(frozen=True)
class _Found:
    """A pattern at the words first to last."""

    first: int
    last: int
    pattern: Pattern


class _Text:
    def __init__(self, text: str, query: Query, expansions: Iterable[str]) -> None:
        self.text = unicodedata.normalize("NFC", text)
        self.words = [_Word(*found.span(), stem(fold(found[0]))) for found in WORD.finditer(self.text)]
        self.found = list(_found(self.words, {stems(term) for term in (*query.terms, *expansions)}))

    def html(self, first: int, stop: int) -> str:
        """The words first to stop - 1 with all that stands between them, escaped and marked."""
        whole_start, whole_end = first <= 0, stop >= len(self.words)
        at = 0 if whole_start else self.words[first].start
        end = len(self.text) if whole_end else self.words[stop - 1].end
        pieces = ["" if whole_start else "…"]
        for found in self.found:
            if found.first >= first and found.last < stop:
                start, after = self.words[found.first].start, self.words[found.last].end
                pieces += [escape(self.text[at:start]), "<mark>", escape(self.text[start:after]), "</mark>"]
                at = after
        return "".join([*pieces, escape(self.text[at:end]), "" if whole_end else "…"])


def mark(text: str, query: Query, expansions: Sequence[str] = (), *, words: int = WORDS) -> str:
    """HTML of about `words` words round the place that holds most of what was asked; of the beginning if none does."""
    passage = _Text(text, query, expansions)
    first, last = _best_place(passage.found, words)
    around = max(0, words - (last - first + 1))
    start = max(0, min(first - around // 2, len(passage.words) - words))
    return passage.html(start, max(start + words, last + 1))


def occurrences(text: str, query: Query, expansions: Sequence[str] = (), *, words: int = WORDS) -> tuple[str, ...]:
    """HTML of every place where something asked for stands, in order; near ones share a line of about `words` words."""
    passage = _Text(text, query, expansions)
    lines: list[str] = []
    stop = 0
    for found in passage.found:
        if found.last >= stop:
            start = max(stop, found.first - words // 3)
            stop = max(start + words, found.last + 1)
            lines.append(passage.html(start, stop))
    return tuple(lines)


def _found(words: Sequence[_Word], patterns: set[Pattern]) -> Iterable[_Found]:
    """Places that do not overlap, the longest pattern first."""
    by_first: dict[str, list[Pattern]] = {}
    for pattern in sorted(filter(None, patterns), key=lambda pattern: (-len(pattern), pattern)):
        by_first.setdefault(pattern[0], []).append(pattern)
    at = 0
    while at < len(words):
        fits = (one for one in by_first.get(words[at].stem, ()) if one == _stems(words[at : at + len(one)]))
        pattern = next(fits, ())
        if pattern:
            yield _Found(at, at + len(pattern) - 1, pattern)
        at += len(pattern) or 1


def _stems(words: Sequence[_Word]) -> Pattern:
    return tuple(word.stem for word in words)


def _best_place(found: Sequence[_Found], words: int) -> tuple[int, int]:
    """First and last word of the window with the most different patterns, then the most marks, then the earliest."""
    best, place = (0, 0), (0, 0)
    for at, start in enumerate(found):
        inside = [one for one in found[at : at + words] if one.last < start.first + words] or [start]
        worth = (len({one.pattern for one in inside}), len(inside))
        if worth > best:
            best, place = worth, (start.first, inside[-1].last)
    return place
