"""What a database must be able to do for the index, and the shapes that pass in and out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple, Protocol

Sort = Literal["best", "newest"]
EXPANSION_WEIGHT = 0.8  # what was asked for in so many words comes first


class Hit(NamedTuple):
    """One passage found. score: higher is better, comparable within one answer only. (A tuple: made by hundreds.)"""

    id: int
    group: str
    source: str
    kind: str
    url: str
    title: str
    heading: str
    body: str
    day: date | None
    score: float

    @property
    def text(self) -> str:
        """All that was searched of it."""
        return f"{self.title} {self.heading} {self.body}"


@dataclass(frozen=True)
class Suggestion:
    text: str
    url: str
    kind: str


@dataclass(frozen=True)
class Term:
    """A word or a run of words that is scored as one.

    df: passages with it, estimated from above. idf: what a match tells, for databases without a measure of their own.
    """

    text: str
    df: int
    idf: float


@dataclass(frozen=True)
class Plan:
    """A passage must hold one of `needed` or `expansions`; `optional` ones only add to the score.

    title_weight: of a word in a title or heading, against 1 in the text. phrases: all must stand in it. excluded: none
    may stand in it. group: only passages of this page. cap: score the text of this many passages at most, newest first.
    """

    needed: tuple[Term, ...]
    title_weight: float = 2.0
    optional: tuple[Term, ...] = ()
    expansions: tuple[Term, ...] = ()
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    area: str = ""
    group: str = ""
    sort: Sort = "best"
    limit: int = 100
    cap: int | None = None


@dataclass(frozen=True)
class Limits:
    """small: passages from which on a very common word beside a rarer one only adds to the score.
    most: matches that are scored without a cap; with no more passages than that there is none. cap: the cap."""

    small: int
    most: int
    cap: int


class Backend(Protocol):
    limits: Limits

    def search(self, plan: Plan) -> list[Hit]:
        """Up to `plan.limit` hits, best (or newest) first, in one statement."""

    def titles(self, words: Sequence[str], prefix: str, limit: int) -> list[tuple[str, str, str, str]]:
        """Up to `limit` of (group, title, url, kind) whose title holds the words and a word that may begin so."""

    def lock(self) -> None:
        """Wait until no other transaction writes the index."""

    def settle(self) -> None:
        """After much was written at once: let the database plan its searches by what now stands in the tables."""

    def tidy(self) -> None:
        """Nightly: merge what many small writes have left, and with it the last traces of what was removed."""
