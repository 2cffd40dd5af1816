"""Words that the owner or a lead asks to be pointed at: found in whatever dress, never a reason to refuse."""

import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tips.guard.globs import first_match, matches
from tips.guard.skeleton import skeleton, streams


@dataclass(frozen=True)
class Watched:
    """One line of the list. `pattern`: words with `*` and `?`; `points` may be 0: then it is only marked."""

    pattern: str
    label: str
    points: int

    @functools.cached_property
    def parts(self) -> list[str]:
        """Its words, undressed."""
        return [skeleton(part) for part in self.pattern.split()]


@dataclass(frozen=True)
class Hit:
    watched: Watched
    words: str  # as they were written


def hits(text: str, watched: Iterable[Watched]) -> list[Hit]:
    """Each line of the list once, with the first place where it was found."""
    watched = list(watched)
    if not watched:
        return []
    read = [words for words in streams(text) if words]
    bare = [[undressed for undressed, _ in words] for words in read]
    known = _Known({undressed for words in bare for undressed in words})
    found = ((each, _place(each, bare, known)) for each in watched)
    return [Hit(each, _written(read, *place)) for each, place in found if place]


Place = tuple[int, int, int]  # which reading, from which word, how many


class _Known:
    """All words of a text, undressed."""

    def __init__(self, words: set[str]) -> None:
        self._words, self._row = words, " ".join(words)

    def holds(self, part: str) -> bool:
        if "*" not in part and "?" not in part:
            return part in self._words
        letters = part.replace("?", "*").split("*")
        return all(each in self._row for each in letters) and any(matches(part, word) for word in self._words)


def _place(watched: Watched, read: Sequence[Sequence[str]], known: _Known) -> Place | None:
    pattern = watched.parts
    if not all(pattern) or not all(map(known.holds, pattern)):
        return None
    places = ((number, first_match(pattern, words)) for number, words in enumerate(read))
    return next(((number, at, len(pattern)) for number, at in places if at is not None), None)


def _written(read: Sequence[Sequence[tuple[str, str]]], number: int, at: int, count: int) -> str:
    return " ".join(written for _, written in read[number][at : at + count])[:80]
