"""The patterns of all flags, found by their first part."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tips.safety.rules import Flag


@dataclass(frozen=True)
class Pattern:
    """Parts that stand in one stretch, and (after &&) parts that may stand nearby."""

    flag: Flag
    here: tuple[str, ...]
    near: tuple[str, ...]

    @classmethod
    def read(cls, flag: Flag, text: str) -> "Pattern":
        first, *near = text.split(" && ")
        return cls(flag, tuple(first.split(" & ")), tuple(near))


class Patterns:
    """`parts` names everything to look for; `begun` and `hushed` say what a part that was found may mean."""

    def __init__(self, flags: Iterable[Flag]) -> None:
        self.parts: set[str] = set()
        self._begun: dict[str, list[Pattern]] = defaultdict(list)
        self._hushed: dict[str, list[Flag]] = defaultdict(list)
        for flag in flags:
            self._add(flag)

    @property
    def first(self) -> set[str]:
        """The parts one of which stands wherever something may be matched."""
        return {*self._begun, *self._hushed}

    def begun(self, parts: Iterable[str]) -> Iterator[Pattern]:
        for part in parts:
            if part in self._begun:
                yield from self._begun[part]

    def hushed(self, parts: Iterable[str]) -> Iterator[tuple[Flag, str]]:
        for part in parts:
            if part in self._hushed:
                yield from [(flag, part) for flag in self._hushed[part]]

    def _add(self, flag: Flag) -> None:
        self.parts.update(flag.quiet, flag.raises)
        for part in flag.quiet:
            self._hushed[part].append(flag)
        for pattern in (Pattern.read(flag, text) for text in flag.patterns):
            self.parts.update(pattern.here, pattern.near)
            self._begun[pattern.here[0]].append(pattern)
