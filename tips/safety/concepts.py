"""What words are about: the classes of `content/concepts.toml`, found word by word without regular expressions."""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from django.conf import settings

from tips.safety.words import plain

STAR = "*"
SHORTEST_STEM = 2  # letters before a star
FIRST_YEAR, LAST_YEAR = 1930, 2023  # a year that is history
OLD, YOUNG = 60, 13  # years of age
OLDEST = 99
FEVERS = {*range(38, 42), *range(100, 106)}  # degrees, Celsius and Fahrenheit


Sense = tuple[int, int, str]  # words from the first place up to, not including, the second are about this


class Entry(NamedTuple):
    """What must follow the first word, and the class."""

    rest: tuple[str, ...]
    name: str
    has_stem: bool

    def follows(self, words: Sequence[str], place: int) -> bool:
        """Whether the words after `place` are these."""
        following = words[place + 1 : place + 1 + len(self.rest)]
        if not self.has_stem:
            return (*following,) == self.rest
        return len(following) == len(self.rest) and all(
            word.startswith(each[:-1]) if each[-1] == STAR else word == each
            for each, word in zip(self.rest, following, strict=True)
        )


@dataclass(frozen=True, slots=True)
class Meaning:
    """Of one word: the classes it stands for alone; by a second word, those of the two (`pairs`), and phrases of more
    (`longer`); and phrases with a stem in second place (`open`).

    `number` is the class of a number, and its class where a unit follows.
    """

    alone: tuple[str, ...]
    pairs: dict[str, tuple[str, ...]]
    longer: dict[str, tuple[Entry, ...]]
    open: tuple[Entry, ...]
    number: tuple[str, str] | None = None


NOTHING = Meaning((), {}, {}, ())


@dataclass(frozen=True)
class Scopes:
    """Words that deny what follows, words that end that, and units, after which a number is nobody's age."""

    denials: frozenset[str]
    ends: frozenset[str]
    units: frozenset[str]


class Lexicon:
    """`version` is that of the file."""

    def __init__(self, version: str, classes: Mapping[str, Iterable[str]], scopes: Scopes) -> None:
        self.version, self.scopes = version, scopes
        self._entries: dict[str, list[Entry]] = defaultdict(list)
        self._stems: dict[str, list[str]] = defaultdict(list)  # with a star, by their first letters
        for name, phrases in classes.items():
            for phrase in phrases:
                first, *rest = [_plain(word) for word in phrase.split()]
                self._entries[first].append(Entry(tuple(rest), name, STAR in "".join(rest)))
        for word in self._entries:
            if word.endswith(STAR):
                self._stems[word[:SHORTEST_STEM]].append(word)

    def meaning(self, word: str) -> Meaning:
        """What the word is about, and may begin to be about."""
        keys = [stem for stem in self._stems.get(word[:SHORTEST_STEM], ()) if word.startswith(stem[:-1])]
        if word in self._entries:
            keys.insert(0, word)
        number = _number(word) if word[0].isdigit() else None
        if not keys:
            return replace(NOTHING, number=number) if number else NOTHING
        return _meaning([entry for key in keys for entry in self._entries[key]], number)


@cache
def lexicon() -> Lexicon:
    """The classes of every section of the file but `scope`, which says what takes words back."""
    with (settings.CONTENT_DIR / "concepts.toml").open("rb") as file:
        data = tomllib.load(file)
    sections = [entry for name, entry in data.items() if isinstance(entry, dict) and name != "scope"]
    classes = {name: _phrases(text) for section in sections for name, text in section.items()}
    scopes = Scopes(**{name: frozenset(map(plain, _phrases(text))) for name, text in data["scope"].items()})
    return Lexicon(data["version"], classes, scopes)


def _phrases(text: str) -> list[str]:
    return [phrase for phrase in (" ".join(part.split()) for part in text.split(",")) if phrase]


def _meaning(entries: Sequence[Entry], number: tuple[str, str] | None) -> Meaning:
    pairs: dict[str, list[str]] = defaultdict(list)
    longer: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if len(entry.rest) == 1 and not entry.has_stem:
            pairs[entry.rest[0]].append(entry.name)
        elif entry.rest and not entry.rest[0].endswith(STAR):
            longer[entry.rest[0]].append(entry)
    return Meaning(
        alone=tuple(dict.fromkeys(entry.name for entry in entries if not entry.rest)),
        pairs={word: tuple(each) for word, each in pairs.items()},
        longer={word: tuple(each) for word, each in longer.items()},
        open=tuple(entry for entry in entries if entry.rest and entry.rest[0].endswith(STAR)),
        number=number,
    )


def _number(word: str) -> tuple[str, str]:
    """The class of a number, and its class where a unit follows: that of an amount, unless it is a year."""
    digits = "".join(letter for letter in word[:4] if letter.isdecimal())
    number = int(digits) if digits else 0
    if FIRST_YEAR <= number <= LAST_YEAR:
        return "#year", "#year"
    if OLD <= number <= OLDEST:
        return "#old", "#amount"
    if number in FEVERS:
        return "#fever", "#amount"
    return "#age" if YOUNG <= number < OLD else "#number", "#amount"


def _plain(word: str) -> str:
    return plain(word.removesuffix(STAR)) + STAR * word.endswith(STAR)
