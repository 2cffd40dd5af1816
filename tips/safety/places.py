"""The stretches of a text with the phrases of the rules that stand in each, and how much alarm each find carries."""

from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

from tips.safety.phrasebook import Phrase, Span
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
    """`parts` are all that stand in the stretch; `longer` those of more than one word, each where it stands."""

    stretch: Stretch
    longer: Sequence[tuple[str, Span]]
    parts: frozenset[str]

    @cached_property
    def spans(self) -> dict[str, list[Span]]:
        """Where each part stands, from left to right: found out for the few stretches that may matter."""
        found: dict[str, list[Span]] = defaultdict(list)
        longer = iter((*self.longer, ("", Span(LONGEST_STRETCH, LONGEST_STRETCH))))
        part, span = next(longer)
        for position, word in enumerate(self.stretch.words):
            for single in word.opening.alone:
                found[single].append(SINGLE[position])
            while span.start == position:
                found[part].append(span)
                part, span = next(longer)
        return found

    @cached_property
    def scope(self) -> Scope:
        return Scope(self.stretch, self.spans)

    def best(self, flag: Flag, part: str) -> tuple[State, Span | None]:
        """The strongest state in which the part stands here, and where."""
        best: tuple[State, Span | None] = (State.NOTHING, None)
        if part not in self.parts:
            return best
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
        if self.parts.isdisjoint(flag.quiet):
            return State.ALARM
        quiet = [quiet for part in flag.quiet for quiet in self.spans.get(part, ())[:MOST_SPANS]]
        return State.QUIET if any(_hushed(span, each) for each in quiet) else State.ALARM


def _hushed(span: Span, quiet: Span) -> bool:
    wider = span.covers(quiet) and span != quiet  # a rule that says more than the quiet one knows better
    return span.overlaps(quiet) and not wider


def places(reading: Reading) -> list[Place]:
    """Every stretch with the phrases that stand in it."""
    longer = _longer(reading)
    found = []
    for number, (start, end) in enumerate(zip(reading.starts, reading.ends, strict=True)):
        alone = [word.opening.alone for word in reading.words[start:end]]
        parts = frozenset([part for part, _ in longer[number]]).union(*alone)
        found.append(Place(reading.stretches[number], longer[number], parts))
    return found


def _longer(reading: Reading) -> list[list[tuple[str, Span]]]:
    """By stretch, the parts of more than one word. Most words begin none and are passed over together."""
    openings = [word.opening for word in reading.words]
    following = map(dict.get, [opening.following for opening in openings], reading.plain[1:])
    begun = [place for place, phrases in enumerate(following) if phrases]
    begun += [place for place, opening in enumerate(openings) if opening.open or opening.stems]
    begun.sort()
    found: list[list[tuple[str, Span]]] = [[] for _ in reading.stretches]
    number, last = -1, -1
    words: Sequence[str] = ()
    for place in begun:
        if place == last:
            continue
        last = place
        if number < 0 or place >= reading.ends[number]:
            number = bisect(reading.starts, place) - 1
            words = reading.plain[reading.starts[number] : reading.ends[number]]
        likely = openings[place].likely(reading.plain[place + 1], words)
        if likely:
            found[number] += _matched(likely, words, place - reading.starts[number])
    return found


def _matched(phrases: Iterable[Phrase], words: Sequence[str], first: int) -> Iterator[tuple[str, Span]]:
    """Those of the phrases that stand at the word `first`."""
    text = " ".join((*words[first:], ""))
    for phrase in phrases:
        match = phrase.match(text)
        if match:
            yield phrase.part, Span(first, first + text.count(" ", 0, match.end()))
