"""For those who found nothing: readings of their words that would find something, and pages nearby."""

from dataclasses import dataclass

from tips.index.query import Query
from tips.index.suggest import Suggestion, suggest
from tips.search.finding import Results

BEGINNING = 4  # letters of a word by which its neighbours are found
LOOKED_UP = 2  # words
MOST = 5


@dataclass(frozen=True)
class WaysOn:
    """without: the same question with less asked of it, where that is possible. related: pages and terms nearby."""

    without: tuple[str, ...] = ()
    related: tuple[Suggestion, ...] = ()


def ways_on(found: Results) -> WaysOn:
    """Two queries at most."""
    return WaysOn(without=_without(found), related=_related(found.query))


def _without(found: Results) -> tuple[str, ...]:
    """Without its quotes; without what it excludes; without the words that stand nowhere."""
    query = found.query
    wordings = (*query.words, *(word for phrase in query.phrases for word in phrase.split()))
    known = [word for word in wordings if word not in found.unknown]
    if len(known) == len(wordings) and not query.phrases and not query.excluded:
        return ()
    shorter = {" ".join(wordings) if query.phrases or query.excluded else "", " ".join(known)}
    return tuple(sorted(shorter - {"", query.raw}, key=len, reverse=True))


def _related(query: Query) -> tuple[Suggestion, ...]:
    begun = [word[:BEGINNING] for word in query.words if len(word) > 2][:LOOKED_UP]
    near = {each.url: each for beginning in begun for each in suggest(beginning, MOST)}
    return tuple(near.values())[:MOST]
