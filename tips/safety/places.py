"""The stretches of a text with the phrases of the rules that stand in each, and how much alarm each find carries."""

from bisect import bisect
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

from tips.safety.phrasebook import Opening, Span
from tips.safety.reading import Reading
from tips.safety.rules import Flag
from tips.safety.scope import Scope
from tips.safety.stretches import LONGEST_STRETCH, Stretch

MOST_SPANS = 12  # of one part in one stretch: a person does not say it more often
SINGLE = [Span(position, position + 1) for position in range(LONGEST_STRETCH)]


class State(IntEnum):
    NOTHING = 0
    QUIET = 1
    ALARM = 2


@dataclass(eq=False)
class Place:
    """`may_match`: whether a part stands in the stretch that a pattern begins with."""

    stretch: Stretch
    may_match: bool

    @cached_property
    def spans(self) -> Mapping[str, list[Span]]:
        """Where each part stands, from left to right: found out for the few stretches that may matter."""
        found: dict[str, list[Span]] = defaultdict(list)
        words = [word.plain for word in self.stretch.words]
        for position, (word, second) in enumerate(zip(self.stretch.words, [*words[1:], ""], strict=True)):
            for part in word.opening.alone:
                found[part].append(SINGLE[position])
            for part, length in _begun(word.opening, second, words, position):
                found[part].append(Span(position, position + length))
        return found

    @cached_property
    def scope(self) -> Scope:
        return Scope(self.stretch, self.spans)

    def best(self, flag: Flag, part: str) -> tuple[State, Span | None]:
        """The strongest state in which the part stands here, and where."""
        best: tuple[State, Span | None] = (State.NOTHING, None)
        for span in self.spans.get(part, ())[:MOST_SPANS]:
            state = self.state(flag, span)
            if state > best[0] or best[1] is None:
                best = (state, span)
        return best

    def state(self, flag: Flag, span: Span) -> State:
        if self.scope.denied(span):
            return State.QUIET if flag.denial_is_quiet else State.NOTHING
        if self.scope.asked(span) or (self.scope.long_ago(span) and not flag.past_counts):
            return State.QUIET
        if self.spans.keys().isdisjoint(flag.quiet):
            return State.ALARM
        quiet = [quiet for part in flag.quiet for quiet in self.spans.get(part, ())[:MOST_SPANS]]
        return State.QUIET if any(_hushed(span, each) for each in quiet) else State.ALARM


def _hushed(span: Span, quiet: Span) -> bool:
    wider = span.covers(quiet) and span != quiet  # a rule that says more than the quiet one knows better
    return span.overlaps(quiet) and not wider


def places(reading: Reading) -> list[Place]:
    speaking = set(_speaking(reading))
    return [Place(stretch, number in speaking) for number, stretch in enumerate(reading.stretches)]


def _speaking(reading: Reading) -> Iterator[int]:
    """The stretches in which a pattern may begin. Most words begin none and are passed over together."""
    openings = [word.first for word in reading.words]
    following = map(dict.get, [opening.following for opening in openings], reading.plain[1:])
    likely = [place for place, phrases in enumerate(following) if phrases]
    likely += [place for place, opening in enumerate(openings) if opening.open or opening.stems or opening.alone]
    for place in likely:
        number = bisect(reading.starts, place) - 1
        start, opening = reading.starts[number], openings[place]
        words = reading.plain[start : reading.ends[number]]
        if opening.alone or any(_begun(opening, reading.plain[place + 1], words, place - start)):
            yield number


def _begun(opening: Opening, second: str, words: Sequence[str], position: int) -> Iterator[tuple[str, int]]:
    """The parts of more than one word that stand at that position, and in how many words."""
    likely = opening.likely(second, words)
    if likely:
        text = " ".join((*words[position:], ""))
        for phrase in likely:
            match = phrase.match(text)
            if match:
                yield phrase.part, text.count(" ", 0, match.end())
