"""What a new case is given on its way: the judgement over its words, and the fingerprint they are known by."""

from collections.abc import Iterable
from datetime import date

from tips.guard import duplicates
from tips.guard.models import WatchedWord
from tips.guard.points import Judgement, judge
from tips.guard.watching import Watched


def weigh(text: str, signals: Iterable[str] = (), *, is_new: bool = True) -> tuple[Judgement, int | None]:
    """The judgement, and the first case with nearly the same words. Two queries, however long the list of words.

    Not `is_new`: another version of what was sent before, whose words are expected to be alike.
    """
    twin = duplicates.twin_of(text) if is_new else None
    return judge(text, signals, watched=watched(), twin=twin), twin


def watched() -> list[Watched]:
    return [in_force(row) for row in WatchedWord.objects.all()]


def in_force(row: WatchedWord) -> Watched:
    return Watched(row.pattern, row.label, row.points if row.does == WatchedWord.Does.LATER else 0)


def remember(about: int, text: str, *, twin: int | None, today: date) -> None:
    duplicates.note(about, text, twin=twin, today=today)
