"""Everyday words lead to the words that the pages use. Applied to the query, so that a change acts at once."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from tips.freshness.once import built_once
from tips.index.query import Query
from tips.index.stemming import stem
from tips.index.words import STOP_WORDS, stems, tokens

Stems = tuple[str, ...]

# Between the words of a wording they change nothing: "bottom of spine", "the bottom of my spine", "my left leg".
SMALL_WORDS = frozenset(
    """a an and are both bit is just left little my of our really right such that the their these this those too very
    your""".split()
)
# Two other words say the same in either order, "uneven hips" and "hips uneven"; but not "went back" as "back went".
STAY_IN_ORDER = frozenset(stem for word in (*STOP_WORDS, "back") for stem in stems(word))


@dataclass(frozen=True, eq=False)  # hundreds of them are looked up by what they are, not by all their words
class Group:
    """Any of `lay` also finds all that `means` says; with `both`, any of `means` finds all of `lay` too.

    pages: slugs of the pages that answer `lay` best.
    """

    lay: tuple[str, ...]
    means: tuple[str, ...]
    both: bool = False
    pages: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Entry:
    """What a wording leads to."""

    phrases: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()

    def __add__(self, other: "_Entry") -> "_Entry":
        return _Entry(self.phrases + other.phrases, self.pages + other.pages)


def expand(query: Query, groups: Iterable[Group]) -> tuple[str, ...]:
    """Phrases to search for as well, in the order of the query; a longer wording goes before the words in it."""
    asked = {stems(term) for term in query.terms}
    found = dict.fromkeys(phrase for _, entry in _entries(query, groups) for phrase in entry.phrases)
    return tuple(phrase for phrase in found if stems(phrase) not in asked and not _is_more_of(phrase, asked))


def _is_more_of(phrase: str, asked: set[Stems]) -> bool:
    """ "psoas muscle", where "psoas" is all that was asked, stands nowhere that "psoas" does not."""
    return len(asked) == 1 and set(next(iter(asked))) <= set(stems(phrase))


def answers(query: Query, groups: Iterable[Group], worth: Mapping[str, float]) -> dict[str, float]:
    """Slugs of pages that answer what was asked, and how much of the question it is (0 to 1) that they answer.

    worth: what each stem of the question tells. On a site about backs, "sore back" is little beside "mopping".
    """
    every = sum(worth.values())
    found: dict[str, float] = {}
    for wording, entry in _entries(query, groups):
        share = sum(worth.get(stem, 0.0) for stem in {*wording}) / every if every else 0.0
        found |= {slug: max(share, found.get(slug, 0.0)) for slug in entry.pages}
    return found


def stand_ins(query: Query, groups: Iterable[Group]) -> dict[str, tuple[Stems, ...]]:
    """For each stem in the query that is part of a wording: what says the same."""
    found: dict[str, tuple[Stems, ...]] = {}
    for wording, entry in _entries(query, groups):
        others = tuple(stems(phrase) for phrase in entry.phrases)
        found |= {stem: found.get(stem, ()) + others for stem in wording}
    return found


def _entries(query: Query, groups: Iterable[Group]) -> Iterator[tuple[Stems, _Entry]]:
    """The wordings in the query, and what they lead to."""
    table, longest = _table(tuple(groups))
    words = _wording(query.text)
    at = 0
    while at < len(words):
        size = next((size for size in range(longest, 0, -1) if words[at : at + size] in table), 0)
        if size:
            yield words[at : at + size], table[words[at : at + size]]
        at += size or 1


def _wording(text: str) -> Stems:
    """Its stems without the small words, unless there are no others."""
    words = tokens(text)
    return tuple(stem(word) for word in words if word not in SMALL_WORDS) or tuple(map(stem, words))


@built_once
def _table(groups: tuple[Group, ...]) -> tuple[dict[Stems, _Entry], int]:
    """By wording, and how many words the longest has."""
    table: dict[Stems, _Entry] = {}
    for group in groups:
        sides = [(group.lay, group.means, group.pages)]
        if group.both:
            sides.append((group.means, group.lay, ()))
        for said, meant, pages in sides:
            leads_to = _Entry(tuple(" ".join(tokens(other)) for other in meant), pages)
            for wording in map(_wording, said):
                table[wording] = table.get(wording, _Entry()) + leads_to
    table.pop((), None)
    pairs = [pair for pair in table if len(pair) == 2 and not STAY_IN_ORDER.intersection(pair)]
    table = {pair[::-1]: table[pair] for pair in pairs} | table
    return table, max(map(len, table), default=0)
