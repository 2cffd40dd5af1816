"""Which warning signs a text speaks of. Text in, findings out: nothing is stored and nothing is blocked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from tips.safety import hearing, judging, rules, scope
from tips.safety.concepts import lexicon
from tips.safety.matches import Finding, Match, finding, match
from tips.safety.patterns import Pattern, Patterns
from tips.safety.phrasebook import Opening, Phrasebook
from tips.safety.phrases import Grammar
from tips.safety.places import Place, State
from tips.safety.rules import RAISED, Flag, Level
from tips.safety.spelling import Speller
from tips.safety.telling import Reader, Telling
from tips.safety.weights import Weights, weights
from tips.safety.words import stretches

__all__ = ["Finding", "Match", "find", "find_by_rules", "tellings"]

NEARBY = 2  # stretches either way in which the part after && may stand
RAISED_WITHIN = 1  # stretches either way in which a word may raise a flag to E


def find(text: str, learnt: Weights | None = None) -> Finding:
    """What the rules and the learned weights notice in `text`: at most one match of a flag in a sentence.

    `learnt` stands in for the weights of the site while they are being tried out.
    """
    learnt = learnt or weights()
    places = _places(text)
    ruled = _ruled(text, places)
    told = _told(places, ruled)
    return finding(hearing.together(text, told, ruled, judging.judge(told, learnt), learnt))


def find_by_rules(text: str) -> Finding:
    """What `content/flags.toml` alone notices: for measuring."""
    return finding(each for matches in _ruled(text, _places(text)) for each in matches)


def tellings(text: str) -> list[Telling]:
    """What there is to learn from, with what the rules said of it."""
    places = _places(text)
    return _told(places, _ruled(text, places))


@dataclass(frozen=True)
class _Tools:
    patterns: Patterns
    book: Phrasebook
    speller: Speller


@cache
def _tools() -> _Tools:
    data = rules.rules()
    patterns, grammar = Patterns(data.flags), Grammar(data.groups)
    book = Phrasebook(grammar, [*scope.PARTS, *patterns.parts])
    return _Tools(patterns, book, Speller(data.typos, frozenset(grammar.words) | data.fuzzy, data.fuzzy))


def _ruled(text: str, places: Sequence[Place]) -> list[list[Match]]:
    """By place, the matches of the rules: at most one of a flag in a sentence."""
    best: dict[tuple[str, int], tuple[int, Match]] = {}
    for index, place in enumerate(places):
        for each in _matches(text, places, index):
            key = (each.flag.slug, place.stretch.sentence)
            if key not in best or each.urgency < best[key][1].urgency:
                best[key] = index, each
    ruled: list[list[Match]] = [[] for _ in places]
    for index, each in best.values():
        ruled[index].append(each)
    return ruled


def _told(places: Sequence[Place], ruled: Sequence[list[Match]]) -> list[Telling]:
    reader = Reader(lexicon())
    return [reader.read(place.stretch, _said(matches)) for place, matches in zip(places, ruled, strict=True)]


def _said(matches: Sequence[Match]) -> Iterator[str]:
    for each in matches:
        yield f"{'r' if each.is_alarm else 'q'}:{each.flag.slug}"
        if each.is_alarm and each.flag.mark.endswith(RAISED):
            yield f"r:{each.flag.mark}"


def _places(text: str) -> list[Place]:
    tools = _tools()
    known: dict[str, Opening | None] = {}
    return [Place(stretch, tools.book.spans(stretch, known)) for stretch in stretches(text, tools.speller.correct)]


def _matches(text: str, places: Sequence[Place], index: int) -> Iterator[Match]:
    place, patterns = places[index], _tools().patterns
    for pattern in patterns.begun(place.spans):
        if all(part in place.spans for part in pattern.here):
            yield from _matched(text, places, index, pattern)
    for flag, part in patterns.hushed(place.spans):
        yield match(text, place.stretch, flag, "quiet", place.spans[part][:1])


def _matched(text: str, places: Sequence[Place], index: int, pattern: Pattern) -> Iterator[Match]:
    flag = pattern.flag
    here = [places[index].best(flag, part) for part in pattern.here]
    around = [max(place.best(flag, part)[0] for place in _around(places, index, NEARBY)) for part in pattern.near]
    state = min([state for state, _ in here] + around)
    if state != State.NOTHING:
        shown = flag.raised() if _is_raised(places, index, flag) else flag
        level: Level = shown.level if state == State.ALARM else "quiet"
        yield match(text, places[index].stretch, shown, level, [span for _, span in here if span])


def _is_raised(places: Sequence[Place], index: int, flag: Flag) -> bool:
    near = _around(places, index, RAISED_WITHIN)
    return any(place.best(flag, part)[0] == State.ALARM for place in near for part in flag.raises)


def _around(places: Sequence[Place], index: int, reach: int) -> Sequence[Place]:
    return places[max(index - reach, 0) : index + reach + 1]
