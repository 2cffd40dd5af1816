"""What was noticed in a text: matches of flags with the writer's own words, and the finding that holds them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tips.safety.phrasebook import Span
from tips.safety.rules import RAISED, Flag, Level
from tips.safety.stretches import Stretch

ORDER: tuple[Level, ...] = ("E", "S", "G", "quiet")


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

    @property
    def urgency(self) -> int:
        return ORDER.index(self.level)

    @property
    def is_alarm(self) -> bool:
        return self.level != "quiet"

    @property
    def features(self) -> list[str]:
        """What it says to the learned part."""
        mark = self.flag.mark if self.is_alarm else self.flag.slug
        said = [f"{'r' if self.is_alarm else 'q'}:{self.flag.slug}"]
        return [*said, f"r:{mark}"] if mark.endswith(RAISED) else said

    def hushed(self) -> "Match":
        return replace(self, level="quiet")


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
        alarms = {match.flag.slug: match.flag.mark for match in reversed(self.matches) if match.is_alarm}
        return tuple(reversed(alarms.values()))


def finding(matches: Iterable[Match]) -> Finding:
    ordered = sorted(matches, key=lambda match: (match.urgency, match.start))
    return Finding(ordered[0].level if ordered else None, tuple(ordered))


def match(text: str, stretch: Stretch, flag: Flag, level: Level, spans: Sequence[Span]) -> Match:
    """A match whose words reach from the first to the last of the spans."""
    start = stretch.places[min(span.start for span in spans)][0]
    end = stretch.places[max(span.end for span in spans) - 1][1]
    return Match(flag, level, text[start:end], start, end)
