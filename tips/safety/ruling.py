"""What the rules of `content/flags.toml` make of the phrases that stand in a text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tips.safety.matches import Match, match
from tips.safety.patterns import Pattern, Patterns
from tips.safety.places import Place, State
from tips.safety.rules import Flag, Level

NEARBY = 2  # stretches either way in which the part after && may stand
RAISED_WITHIN = 1  # stretches either way in which a word may raise a flag to E


@dataclass(frozen=True)
class Ruling:
    patterns: Patterns
    text: str
    places: Sequence[Place]

    def matches(self) -> list[list[Match]]:
        """By place, the matches of the rules: at most one of a flag in a sentence."""
        best: dict[tuple[str, int], tuple[int, Match]] = {}
        for index, place in enumerate(self.places):
            for each in self._matches(index, place) if place.may_match else ():
                key = (each.flag.slug, place.stretch.sentence)
                if key not in best or each.urgency < best[key][1].urgency:
                    best[key] = index, each
        ruled: list[list[Match]] = [[] for _ in self.places]
        for index, each in best.values():
            ruled[index].append(each)
        return ruled

    def _matches(self, index: int, place: Place) -> Iterator[Match]:
        for pattern in self.patterns.begun(place.spans):
            if all(part in place.spans for part in pattern.here):
                yield from self._matched(index, pattern)
        for flag, part in self.patterns.hushed(place.spans):
            yield match(self.text, place.stretch, flag, "quiet", place.spans[part][:1])

    def _matched(self, index: int, pattern: Pattern) -> Iterator[Match]:
        flag = pattern.flag
        here = [self.places[index].best(flag, part) for part in pattern.here]
        around = [max(place.best(flag, part)[0] for place in self._around(index, NEARBY)) for part in pattern.near]
        state = min([state for state, _ in here] + around)
        if state != State.NOTHING:
            shown = flag.raised() if self._is_raised(index, flag) else flag
            level: Level = shown.level if state == State.ALARM else "quiet"
            yield match(self.text, self.places[index].stretch, shown, level, [span for _, span in here if span])

    def _is_raised(self, index: int, flag: Flag) -> bool:
        near = self._around(index, RAISED_WITHIN) if flag.raises else ()
        parts = [(place, part) for place in near for part in flag.raises if part in place.spans]
        return any(place.best(flag, part)[0] == State.ALARM for place, part in parts)

    def _around(self, index: int, reach: int) -> Sequence[Place]:
        return self.places[max(index - reach, 0) : index + reach + 1]
