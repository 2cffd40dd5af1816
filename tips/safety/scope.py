"""What takes the alarm out of words: denial ("no numbness"), long ago, and general questions ("what is…").

The word lists are in `flags.toml`; the groups named here are those that this file gives a meaning to.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from tips.safety.phrasebook import Span
from tips.safety.stretches import Stretch

DENIAL_REACH = 6  # words
QUESTION_REACH = 7
NEVER_UNTIL = 3  # words after the denied ones in which "until this morning" turns the denial round
SHORT_CLAUSE = 5  # "Years ago, I fell…": so short a clause speaks of the next one too

DENIALS, NOT_DENIALS, DENIAL_ENDS, UNTIL, LISTS = "{denial}", "{not_a_denial}", "{denial_ends}", "{until}", "{or}"
CLAUSES, FINE = "{new_clause}", "{fine_after}"
PAST, PRESENT, QUESTIONS = "{past}", "{present}", "{question}"
PARTS = (DENIALS, NOT_DENIALS, DENIAL_ENDS, UNTIL, LISTS, CLAUSES, FINE, PAST, PRESENT, QUESTIONS)


@dataclass(frozen=True)
class Scope:
    """The quietening words of one stretch. Most stretches hold none, so each kind is looked for first."""

    stretch: Stretch
    spans: Mapping[str, list[Span]]

    def denied(self, span: Span) -> bool:
        before = DENIALS in self.spans and any(scope.start <= span.start < scope.end for scope in self._denials)
        after = any(fine.start == span.end for fine in self._of(FINE)) and span.end not in self.stretch.breaks
        return (before and not self._until(span)) or after

    def long_ago(self, span: Span) -> bool:
        return PAST in self.spans and any(clause.overlaps(span) for clause in self._past)

    def asked(self, span: Span) -> bool:
        """Asked about in general, or feared: "could it become…", "if you have…"."""
        return any(asked.start <= span.start < asked.end + QUESTION_REACH for asked in self._of(QUESTIONS))

    def _of(self, part: str) -> Sequence[Span]:
        return self.spans.get(part, ())

    def _until(self, span: Span) -> bool:
        return any(span.start < until.start <= span.end + NEVER_UNTIL for until in self._of(UNTIL))

    @cached_property
    def _denials(self) -> tuple[Span, ...]:
        """Where denials reach. A "can't" inside a symptom denies nothing."""
        symptoms = {span for part, spans in self.spans.items() if part not in PARTS for span in spans}
        idle = [*symptoms, *self._of(NOT_DENIALS)]
        spoken = (denial for denial in self._of(DENIALS) if not any(other.covers(denial) for other in idle))
        return tuple(Span(denial.end, self._denial_end(denial.end)) for denial in spoken)

    def _denial_end(self, start: int) -> int:
        limit = min(start + DENIAL_REACH, len(self.stretch.words))
        ends = {span.start for part in (CLAUSES, DENIAL_ENDS) for span in self._of(part)}
        commas = set() if self._is_list(start, limit) else self.stretch.breaks
        return next((place for place in range(start, limit) if place in ends or place in commas), limit)

    def _is_list(self, start: int, limit: int) -> bool:
        """ "No numbness, tingling or weakness": the denial runs through the commas."""
        return start not in self.stretch.breaks and any(start < word.start < limit for word in self._of(LISTS))

    @cached_property
    def _clauses(self) -> tuple[Span, ...]:
        starts = {0, *self.stretch.breaks, *(span.start for span in self._of(CLAUSES))}
        return tuple(Span(start, end) for start, end in pairwise(sorted({*starts, len(self.stretch.words)})))

    @cached_property
    def _past(self) -> tuple[Span, ...]:
        return tuple(clause for clause in self._spoken_of(self._of(PAST)) if not _any_in(clause, self._of(PRESENT)))

    def _spoken_of(self, markers: Iterable[Span]) -> Iterator[Span]:
        for marker in markers:
            for clause, following in pairwise((*self._clauses, Span(0, 0))):
                if clause.overlaps(marker):
                    short = clause.end - clause.start <= SHORT_CLAUSE and following.end
                    yield Span(clause.start, following.end if short else clause.end)


def _any_in(clause: Span, spans: Iterable[Span]) -> bool:
    return any(clause.overlaps(span) for span in spans)
