"""Every phrase of the rules, found by its first word: the time taken follows the text, not the number of rules."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from tips.safety.phrases import Grammar
from tips.safety.words import Stretch

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

    Most phrases begin and come to nothing; one look at all of them together says so.
    """

    alone: tuple[str, ...]
    phrases: tuple[Phrase, ...]

    @cached_property
    def begins(self) -> Callable[[str, int], re.Match[str] | None]:
        either = "|".join(f"(?:{phrase.expression})" for phrase in self.phrases)
        return re.compile(either or NEVER).match

    def matches(self, text: str, place: int) -> Iterator[tuple[str, int]]:
        """The parts for which more than the first word matches at `place`, each with the end of its match."""
        found = ((phrase.part, phrase.compiled.match(text, place)) for phrase in self.phrases)
        return ((part, match.end()) for part, match in found if match)


class Phrasebook:
    def __init__(self, grammar: Grammar, parts: Iterable[str]) -> None:
        self._phrases: dict[str, list[Phrase]] = defaultdict(list)  # by first word, or by its stem with a star
        self._stems: dict[str, list[str]] = defaultdict(list)  # with a star, by their first letters
        self._openings: dict[tuple[str, ...], Opening] = {}
        self._known: dict[str, Opening | None] = {}  # of the rules' own words
        for part in sorted(set(parts)):
            for alternative in grammar.alternatives(part):
                phrase = Phrase(part, grammar.expression(alternative))
                for word in grammar.first_words(alternative):
                    self._phrases[word].append(phrase)
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
            phrases = [phrase for key in keys for phrase in self._phrases[key]]
            alone = tuple(phrase.part for phrase in phrases if phrase.is_word)
            self._openings[keys] = Opening(alone, tuple(phrase for phrase in phrases if not phrase.is_word))
        return self._openings.get(keys)

    def spans(self, stretch: Stretch, known: dict[str, Opening | None]) -> dict[str, list[Span]]:
        """Where each part occurs in the stretch; `known` remembers the openings for one text."""
        found: dict[str, list[Span]] = defaultdict(list)
        text = stretch.text
        for place, position, word in stretch.places:
            opening = known[word] if word in known else known.setdefault(word, self.opening(word))
            if opening is None:
                continue
            for part in opening.alone:
                found[part].append(Span(position, position + 1))
            if opening.begins(text, place):
                for part, end in opening.matches(text, place):
                    found[part].append(Span(position, text.count(" ", 0, end)))
        return found
