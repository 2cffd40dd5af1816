"""What a new case is given on its way: the judgement over its words, and the fingerprint they are known by."""

import functools
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from tips.freshness.slots import generation
from tips.guard import duplicates
from tips.guard.models import WatchedWord
from tips.guard.points import Judgement, judge
from tips.guard.watching import Watched

GENERATION = "watched words"


class Weighed(NamedTuple):
    """`twin`: the first case with nearly the same words, by their fingerprint; both only where it was looked for."""

    judgement: Judgement
    print_: int | None
    twin: int | None


def weigh(text: str, signals: Iterable[str] = (), *, is_new: bool = True) -> Weighed:
    """One query, of which a text that is not new needs none.

    Not `is_new`: another version of what was sent before, whose words are expected to be alike.
    """
    print_ = duplicates.fingerprint(text) if is_new else None
    twin = duplicates.twin_of(print_)
    return Weighed(judge(text, signals, watched=watched(), twin=twin), print_, twin)


def watched() -> tuple[Watched, ...]:
    """The list as it is now, read again only after it was changed."""
    return _read(generation(GENERATION))


@functools.lru_cache(maxsize=1)
def _read(_generation: int) -> tuple[Watched, ...]:
    return tuple(map(in_force, WatchedWord.objects.all()))


def in_force(row: WatchedWord) -> Watched:
    return Watched(row.pattern, row.label, row.points if row.does == WatchedWord.Does.LATER else 0)


def remember(about: int, weighed: Weighed, *, today: date) -> None:
    duplicates.note(about, weighed.print_, twin=weighed.twin, today=today)
