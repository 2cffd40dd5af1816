"""Every phrase of the rules, found by its first word: the time taken follows the text, not the number of rules."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from tips.safety.phrases import ANY, Grammar
from tips.safety.words import LONGEST_STRETCH, Stretch

WHOLE_WORD = re.compile(r"[^\W_]+(?:\\S\*)? ")  # an expression for one word, or for one stem
NEVER = "(?!)"
SHORTEST_STEM = 2  # letters before a star


class Span(NamedTuple):
    """Words `start` up to, not including, `end` of a stretch."""

    start: int
    end: int

    def covers(self, other: "Span") -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end


SINGLE = [Span(position, position + 1) for position in range(LONGEST_STRETCH)]


@dataclass(frozen=True)
class Phrase:
    """One alternative of one part of a pattern; `part` is the text of that part and serves as its name."""

    part: str
    expression: str

    @property
    def is_word(self) -> bool:
        return WHOLE_WORD.fullmatch(self.expression) is not None

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        return re.compile(self.expression)


@dataclass(frozen=True)
class Opening:
    """What may begin with one word: parts that the word alone fulfils, and phrases that ask for more.

    Most phrases begin and come to nothing, so the word that follows is looked at first: `following` holds phrases by
    that word, `stems` by what it must begin with. Of the `open` rest, one look at all says whether any goes on.
    """

    alone: tuple[str, ...]
    following: Mapping[str, tuple[Phrase, ...]]
    stems: tuple[tuple[str, Phrase], ...]
    open: tuple[Phrase, ...]

    @cached_property
    def begins(self) -> Callable[[str, int], re.Match[str] | None]:
        either = "|".join(f"(?:{phrase.expression})" for phrase in self.open)
        return re.compile(either or NEVER).match

    @cached_property
    def more(self) -> bool:
        return bool(self.following or self.stems or self.open)

    def matches(self, text: str, place: int, second: str) -> list[tuple[str, int]]:
        """The parts for which more than the first word matches at `place`, each with the end of its match."""
        likely = [*self.following.get(second, ()), *[phrase for stem, phrase in self.stems if second.startswith(stem)]]
        if self.open and self.begins(text, place):
            likely += self.open
        found = [(phrase.part, phrase.compiled.match(text, place)) for phrase in likely]
        return [(part, match.end()) for part, match in found if match]


class Phrasebook:
    def __init__(self, grammar: Grammar, parts: Iterable[str]) -> None:
        # By first word, or by its stem with a star: phrases, each with the words that may stand second.
        self._phrases: dict[str, dict[Phrase, set[str]]] = defaultdict(lambda: defaultdict(set))
        self._stems: dict[str, list[str]] = defaultdict(list)  # with a star, by their first letters
        self._openings: dict[tuple[str, ...], Opening] = {}
        self._known: dict[str, Opening | None] = {}  # of the rules' own words
        for part in sorted(set(parts)):
            for alternative in grammar.alternatives(part):
                phrase = Phrase(part, grammar.expression(alternative))
                for first, second in sorted(grammar.beginnings(alternative)):
                    self._phrases[first][phrase].add(second)
        for word in self._phrases:
            if word.endswith("*"):
                self._stems[word[:SHORTEST_STEM]].append(word)

    def opening(self, word: str) -> Opening | None:
        """What may begin with the word, if anything. Remembered by the rules' own words, never by the visitor's."""
        if word in self._known:
            return self._known[word]
        stems = [stem for stem in self._stems.get(word[:SHORTEST_STEM], ()) if word.startswith(stem[:-1])]
        opening = self._opening((word, *stems) if word in self._phrases else tuple(stems))
        if word in self._phrases:
            self._known[word] = opening
        return opening

    def _opening(self, keys: tuple[str, ...]) -> Opening | None:
        if keys and keys not in self._openings:
            seconds: dict[Phrase, set[str]] = defaultdict(set)
            for key in keys:
                for phrase, words in self._phrases[key].items():
                    seconds[phrase] |= words
            self._openings[keys] = _opened(seconds)
        return self._openings.get(keys)

    def spans(self, stretch: Stretch, known: dict[str, Opening | None]) -> dict[str, list[Span]]:
        """Where each part occurs in the stretch; `known` remembers the openings for one text."""
        found: dict[str, list[Span]] = defaultdict(list)
        text, place = stretch.text, 0
        for position, (word, second) in enumerate(pairwise((*stretch.words, ""))):
            opening = known[word] if word in known else known.setdefault(word, self.opening(word))
            if opening is not None:
                for part in opening.alone:
                    found[part].append(SINGLE[position])
                for part, end in opening.matches(text, place, second) if opening.more else ():
                    found[part].append(Span(position, text.count(" ", 0, end)))
            place += len(word) + 1
        return found


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
    return Opening(tuple(alone), {word: tuple(each) for word, each in following.items()}, tuple(stems), tuple(opened))
