"""One stretch of a text with what was found in it, and how much alarm each find carries."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

from tips.safety import scope
from tips.safety.phrasebook import Span
from tips.safety.rules import Flag
from tips.safety.scope import Scope
from tips.safety.words import Stretch

MOST_SPANS = 12  # of one part in one stretch: a person does not say it more often


class State(IntEnum):
    NOTHING = 0
    QUIET = 1
    ALARM = 2


@dataclass(frozen=True)
class Place:
    stretch: Stretch
    spans: dict[str, list[Span]]

    @cached_property
    def scope(self) -> Scope:
        symptoms = (span for part, spans in self.spans.items() if part not in scope.PARTS for span in spans)
        return Scope(self.stretch, self.spans, tuple(set(symptoms)))

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
        return State.QUIET if any(_hushed(span, quiet) for quiet in self._quiet(flag)) else State.ALARM

    def _quiet(self, flag: Flag) -> Iterator[Span]:
        for part in flag.quiet:
            yield from self.spans.get(part, ())[:MOST_SPANS]


def _hushed(span: Span, quiet: Span) -> bool:
    wider = span.covers(quiet) and span != quiet  # a rule that says more than the quiet one knows better
    return span.overlaps(quiet) and not wider
