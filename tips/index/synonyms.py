"""Everyday words lead to the words that the pages use. Applied to the query, so that a change acts at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tips.index.query import Query
from tips.index.words import stems, tokens

Stems = tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """Any of `lay` also finds all that `means` says; with `both`, any of `means` finds all of `lay` too."""

    lay: tuple[str, ...]
    means: tuple[str, ...]
    both: bool = False


def expand(query: Query, groups: Iterable[Group]) -> tuple[str, ...]:
    """Phrases to search for as well, in the order of the query; a longer wording goes before the words in it."""
    table = _table(groups)
    longest = max(map(len, table), default=0)
    words = stems(query.text)
    found: list[str] = []
    at = 0
    while at < len(words):
        size = next((size for size in range(longest, 0, -1) if words[at : at + size] in table), 0)
        found += table.get(words[at : at + size], ()) if size else ()
        at += size or 1
    asked = {stems(term) for term in query.terms}
    return tuple(phrase for phrase in dict.fromkeys(found) if stems(phrase) not in asked)


def _table(groups: Iterable[Group]) -> Mapping[Stems, list[str]]:
    table: dict[Stems, list[str]] = {}
    for group in groups:
        sides = [(group.lay, group.means), (group.means, group.lay)] if group.both else [(group.lay, group.means)]
        for said, meant in sides:
            for wording in said:
                table.setdefault(stems(wording), []).extend(" ".join(tokens(other)) for other in meant)
    table.pop((), None)
    return table
