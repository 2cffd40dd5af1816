"""Which warning signs a text speaks of. Text in, findings out: nothing is stored and nothing is blocked."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from tips.safety import rules, scope
from tips.safety.patterns import Pattern, Patterns
from tips.safety.phrasebook import Opening, Phrasebook, Span
from tips.safety.phrases import Grammar
from tips.safety.places import Place, State
from tips.safety.rules import Flag, Level
from tips.safety.spelling import Speller
from tips.safety.words import Stretch, stretches

ORDER: tuple[Level, ...] = ("E", "S", "G", "quiet")
NEARBY = 2  # stretches either way in which the part after && may stand
RAISED_WITHIN = 1  # stretches either way in which a word may raise a flag to E


@dataclass(frozen=True)
class Match:
    """`words` are the writer's own, from `start` up to `end` (characters) of the text given.

    `flag` reads as it should be shown: raised to an emergency where worse words stand beside.
    """

    flag: Flag
    level: Level
    words: str
    start: int
    end: int


@dataclass(frozen=True)
class Finding:
    """`level` is the highest of the matches, which come highest first; None, where there are none, is no comfort."""

    level: Level | None
    matches: tuple[Match, ...]

    @property
    def flags(self) -> tuple[str, ...]:
        """Slugs of the flags at any level, most urgent first, each once."""
        return tuple(dict.fromkeys(match.flag.slug for match in self.matches))

    @property
    def marks(self) -> tuple[str, ...]:
        """What to store with the words: the flags that were more than a quiet mention, as `rules.marked` reads them."""
        alarms = {match.flag.slug: match.flag.mark for match in reversed(self.matches) if match.level != "quiet"}
        return tuple(reversed(alarms.values()))


def find(text: str) -> Finding:
    """What `content/flags.toml` notices in `text`: at most one match of a flag in a sentence."""
    places = _places(text)
    found: dict[tuple[str, int], Match] = {}
    for index, place in enumerate(places):
        for match in _matches(text, places, index):
            key = (match.flag.slug, place.stretch.sentence)
            if key not in found or _urgency(match) < _urgency(found[key]):
                found[key] = match
    matches = sorted(found.values(), key=lambda match: (_urgency(match), match.start))
    return Finding(matches[0].level if matches else None, tuple(matches))


@dataclass(frozen=True)
class _Tools:
    patterns: Patterns
    book: Phrasebook
    speller: Speller


@cache
def _tools() -> _Tools:
    read = rules.rules()
    patterns, grammar = Patterns(read.flags), Grammar(read.groups)
    book = Phrasebook(grammar, [*scope.PARTS, *patterns.parts])
    return _Tools(patterns, book, Speller(read.typos, frozenset(grammar.words) | read.fuzzy, read.fuzzy))


def _urgency(match: Match) -> int:
    return ORDER.index(match.level)


def _places(text: str) -> list[Place]:
    tools = _tools()
    known: dict[str, Opening | None] = {}
    return [Place(stretch, tools.book.spans(stretch, known)) for stretch in stretches(text, tools.speller.correct)]


def _matches(text: str, places: list[Place], index: int) -> Iterator[Match]:
    place, patterns = places[index], _tools().patterns
    for pattern in patterns.begun(place.spans):
        if all(part in place.spans for part in pattern.here):
            yield from _matched(text, places, index, pattern)
    for flag, part in patterns.hushed(place.spans):
        yield _match(text, place.stretch, flag, "quiet", place.spans[part][:1])


def _matched(text: str, places: list[Place], index: int, pattern: Pattern) -> Iterator[Match]:
    flag = pattern.flag
    here = [places[index].best(flag, part) for part in pattern.here]
    around = [max(place.best(flag, part)[0] for place in _around(places, index, NEARBY)) for part in pattern.near]
    state = min([state for state, _ in here] + around)
    if state != State.NOTHING:
        shown = flag.raised() if _is_raised(places, index, flag) else flag
        level: Level = shown.level if state == State.ALARM else "quiet"
        yield _match(text, places[index].stretch, shown, level, [span for _, span in here if span])


def _is_raised(places: list[Place], index: int, flag: Flag) -> bool:
    near = _around(places, index, RAISED_WITHIN)
    return any(place.best(flag, part)[0] == State.ALARM for place in near for part in flag.raises)


def _around(places: list[Place], index: int, reach: int) -> list[Place]:
    return places[max(index - reach, 0) : index + reach + 1]


def _match(text: str, stretch: Stretch, flag: Flag, level: Level, spans: Iterable[Span]) -> Match:
    spans = list(spans)
    start = stretch.words[min(span.start for span in spans)].start
    end = stretch.words[max(span.end for span in spans) - 1].end
    return Match(flag, level, text[start:end], start, end)
