"""Every phrase of the rules, found by its first word: the time taken follows the text, not the number of rules."""

import re
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from tips.safety.phrases import ANY, Grammar

WHOLE_WORD = re.compile(r"[^\W_]+(?:\\S\*)? ")  # an expression for one word, or for one stem
SHORTEST_STEM = 2  # letters before a star


class Span(NamedTuple):
    """Words `start` up to, not including, `end` of a stretch."""

    start: int
    end: int

    def covers(self, other: "Span") -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True)
class Phrase:
    """One alternative of one part of a pattern; `part` is the text of that part and serves as its name. A match holds
    one of the `closers` after its first word; where there are none, nobody knows."""

    part: str
    expression: str
    closers: frozenset[str]

    @property
    def is_word(self) -> bool:
        return WHOLE_WORD.fullmatch(self.expression) is not None

    @cached_property
    def match(self) -> Callable[[str], re.Match[str] | None]:
        return re.compile(self.expression).match


@dataclass(frozen=True, slots=True)
class Opening:
    """What may begin with one word: parts that the word alone fulfils, and phrases that ask for more.

    Most phrases begin and come to nothing, so the word that follows is looked at first: `following` holds phrases by
    that word, `stems` by what it must begin with. The `open` rest may go on with any word; their `closers` are looked
    for before they are tried.
    """

    alone: tuple[str, ...]
    following: dict[str, tuple[Phrase, ...]]
    stems: tuple[tuple[str, Phrase], ...]
    open: tuple[Phrase, ...]
    closers: frozenset[str]  # of all open phrases; none where one has none

    def likely(self, second: str, words: Sequence[str]) -> list[Phrase]:
        """The phrases that may go on, with `second` as the next word, among all these words."""
        found = [*self.following.get(second, ())]
        if self.stems:
            found += [phrase for stem, phrase in self.stems if second.startswith(stem)]
        if self.open and not (self.closers and self.closers.isdisjoint(words)):
            found += [phrase for phrase in self.open if not (phrase.closers and phrase.closers.isdisjoint(words))]
        return found


NO_OPENING = Opening((), {}, (), (), frozenset())


class Phrasebook:
    """Of all `parts`; a pattern begins with some of them (`leading`)."""

    def __init__(self, grammar: Grammar, parts: Iterable[str], leading: Container[str] = ()) -> None:
        # By first word, or by its stem with a star: phrases, each with the words that may stand second.
        self._phrases: dict[str, dict[Phrase, tuple[str, ...]]] = defaultdict(dict)
        self._stems: dict[str, list[str]] = defaultdict(list)  # with a star, by their first letters
        self._openings: dict[tuple[str, ...], tuple[Opening, Opening]] = {}
        self._leading = leading
        for part in sorted(set(parts)):
            for alternative in grammar.alternatives(part):
                phrase = Phrase(part, grammar.expression(alternative), grammar.closers(alternative))
                for first, beginnings in groupby(sorted(grammar.beginnings(alternative)), itemgetter(0)):
                    self._phrases[first][phrase] = tuple(second for _, second in beginnings)
        for word in self._phrases:
            if word.endswith("*"):
                self._stems[word[:SHORTEST_STEM]].append(word)

    def openings(self, word: str) -> tuple[Opening, Opening]:
        """What may begin with the word, first of a pattern and in all: the same for all words that begin the same."""
        stems = [stem for stem in self._stems.get(word[:SHORTEST_STEM], ()) if word.startswith(stem[:-1])]
        return self._opening((word, *stems) if word in self._phrases else tuple(stems))

    def _opening(self, keys: tuple[str, ...]) -> tuple[Opening, Opening]:
        if not keys:
            return NO_OPENING, NO_OPENING
        if keys not in self._openings:
            seconds: dict[Phrase, set[str]] = defaultdict(set)
            for key in keys:
                for phrase, words in self._phrases[key].items():
                    seconds[phrase].update(words)
            first = {phrase: words for phrase, words in seconds.items() if phrase.part in self._leading}
            self._openings[keys] = _opened(first) if first else NO_OPENING, _opened(seconds)
        return self._openings[keys]


def _opened(seconds: Mapping[Phrase, set[str]]) -> Opening:
    following: dict[str, list[Phrase]] = defaultdict(list)
    stems: list[tuple[str, Phrase]] = []
    alone, opened = [], []
    for phrase, words in seconds.items():
        if phrase.is_word:
            alone.append(phrase.part)
        elif ANY in words:
            opened.append(phrase)
        else:
            for word in sorted(words):
                if word.endswith(ANY):
                    stems.append((word.removesuffix(ANY), phrase))
                else:
                    following[word].append(phrase)
    closers = [phrase.closers for phrase in opened]
    return Opening(
        alone=tuple(alone),
        following={word: tuple(each) for word, each in following.items()},
        stems=tuple(stems),
        open=tuple(opened),
        closers=frozenset[str]().union(*closers) if all(closers) else frozenset(),
    )
