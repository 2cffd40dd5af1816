"""Query in, hits out: at most two statements, and however common the words are, a bounded number of rows to score."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import log

from tips.index import vocabulary
from tips.index.backend import Hit, Limits, Plan, Sort, Term
from tips.index.dialects import other_spellings
from tips.index.engine import engine
from tips.index.models import StoredPassage
from tips.index.query import Query
from tips.index.resemble import NO_STAND_INS, StandIns, cover, reorder
from tips.index.spelling import RARE
from tips.index.stemming import MISTAKEN
from tips.index.words import clean, stem_set, stems

__all__ = [
    "Hit", "Matches", "also_spelled", "count", "group_at", "joined_words", "match", "our_spelling", "plan",
    "seldom_words", "unknown_words", "worth",
]  # fmt: skip

COMMON = 0.2  # of all passages: a word in more of them tells little beside a rarer one
MOST_TERMS = 20  # are scored, the rarest: what is commoner in a long question tells little
MOST_EXPANSIONS = 12
SHORT, LONG = 6, 12  # words in a query
EVERYTHING = 10**9
Counts = Mapping[str, int]


@dataclass(frozen=True)
class Matches:
    """capped: there are more hits than these. unknown: words of the query that stand nowhere, in any form."""

    hits: tuple[Hit, ...] = ()
    capped: bool = False
    unknown: tuple[str, ...] = ()


def match(
    query: Query,
    *,
    expansions: Sequence[str] = (),
    kinds: frozenset[str] = frozenset(),
    area: str = "",
    group: str = "",
    sort: Sort = "best",
    limit: int = 100,
    counts: Counts | None = None,
    stand_ins: StandIns = NO_STAND_INS,
) -> Matches:
    """Passages with any of the words, phrases or expansions; all of the phrases; none of what is excluded.

    "newest" puts the most recent first among the several hundred best, so that a passing mention does not lead.
    group: only this page, and every place on it. counts: what `count` found for the query and the expansions.
    stand_ins: by stem of the query, what says the same.
    """
    if not query.terms:
        return Matches()
    also = tuple(wording for phrase in expansions if (wording := clean(phrase)))
    counts = count(query, also) if counts is None else counts
    limits = replace(engine().limits, small=EVERYTHING, most=EVERYTHING) if group else engine().limits
    narrowed = replace(
        plan(query, also, counts, limits),
        kinds=tuple(sorted(map(clean, kinds))),
        area=clean(area),
        group=group,
        sort=sort,
        limit=limit + 1,
    )
    found = engine().search(narrowed)
    capped = len(found) > limit
    found = _without_mistaken(found, {stem for text in (*query.terms, *also) for stem in stems(text)})
    if sort == "best":
        found = _put_in_order(found[:limit], query, counts, stand_ins)
    return Matches(tuple(found[:limit]), capped=capped, unknown=unknown_words(query, counts))


def _without_mistaken(hits: list[Hit], asked: set[str]) -> list[Hit]:
    """Not what only holds the word that a database takes one of these for."""
    mistaken = {stem: other for stem in asked if (other := MISTAKEN.get(stem)) and other not in asked}
    for stem, other in mistaken.items():
        hits = [hit for hit in hits if other not in (held := stem_set(hit.text)) or stem in held]
    return hits


def _put_in_order(hits: Sequence[Hit], query: Query, counts: Counts, stand_ins: StandIns) -> list[Hit]:
    return reorder(hits) if len(query.words) >= SHORT else cover(hits, worth(query, counts), stand_ins)


def count(query: Query, expansions: Iterable[str] = ()) -> dict[str, int]:
    """In how many passages the words stand, by stem; in their other spelling; two neighbours as one. One query."""
    together = (one + two for one, two in pairwise(query.text.split()))
    spelled = (other for others in other_spellings(query.words).values() for other in others)
    return vocabulary.frequencies(
        stem for text in (*query.words, *query.terms, *expansions, *together, *spelled) for stem in stems(text)
    )


def unknown_words(query: Query, counts: Counts | None = None) -> tuple[str, ...]:
    """Words of the query that stand nowhere, in any form: the ones to put right before matching. One query at most."""
    counts = count(query) if counts is None else counts
    words = dict.fromkeys((*query.words, *(word for phrase in query.phrases for word in phrase.split())))
    return tuple(word for word in words if not _df(word, counts))


def seldom_words(query: Query, counts: Counts) -> tuple[str, ...]:
    """Words of the query that so few passages have that they may all be the same slip."""
    return tuple(word for word in query.words if 0 < _df(word, counts) <= RARE)


def our_spelling(query: Query, counts: Counts) -> dict[str, str]:
    """Words that the pages mostly spell as on the other side of the ocean, and how."""
    found = {
        word: max(others, key=lambda other: _df(other, counts)) for word, others in other_spellings(query.words).items()
    }
    return {word: other for word, other in found.items() if _df(other, counts) > _df(word, counts)}


def also_spelled(query: Query, counts: Counts) -> dict[str, str]:
    """Words that some passages spell in the other way, and how."""
    spelled = other_spellings(query.words)
    return {word: other for word, others in spelled.items() for other in others if _df(other, counts)}


def joined_words(query: Query, counts: Counts) -> tuple[str, ...]:
    """Neighbours in the query that some passage writes as one word: "backache" for "back ache"."""
    words = query.text.split()
    return tuple(one + two for one, two in pairwise(words) if {one, two} <= {*query.words} and _df(one + two, counts))


def group_at(url: str) -> str:
    """The page that a passage with this address belongs to, or nothing."""
    return StoredPassage.objects.filter(url=clean(url)).values_list("group", flat=True).first() or ""


def plan(query: Query, expansions: Sequence[str], counts: Counts, limits: Limits) -> Plan:
    """What to score, given in how many passages each stem stands.

    From `limits.small` passages on, very common words only add to the score of passages with a rarer word; if there is
    no rarer word, at most `limits.most` passages are scored, or the newest `limits.cap`.
    """
    total = counts[vocabulary.EVERY]
    terms = _most_telling([_term(text, counts) for text in query.terms])
    also = tuple(_term(text, counts) for text in expansions[:MOST_EXPANSIONS])
    rare = [term for term in terms if term.df <= COMMON * total]
    sift = total >= limits.small and any(term.df for term in rare)
    needed = rare if sift else terms
    return Plan(
        needed=tuple(needed),
        optional=tuple(term for term in terms if term not in needed),
        expansions=also,
        title_weight=_title_weight(len(query.words)),
        phrases=query.phrases,
        excluded=query.excluded,
        cap=limits.cap if min(total, sum(term.df for term in (*needed, *also))) > limits.most else None,
    )


def worth(query: Query, counts: Counts) -> dict[str, float]:
    """Of each word of the query, by stem: its idf."""
    return {stem: _term(word, counts).idf for word in query.words for stem in stems(word)}


def _most_telling(terms: list[Term]) -> list[Term]:
    """In the order of the query. Words that stand nowhere come last."""
    chosen = sorted(terms, key=lambda term: (term.df == 0, term.df))[:MOST_TERMS]
    return [term for term in terms if term in chosen]


def _title_weight(words: int) -> float:
    """2 for short queries, 1 for long ones, which meet titles by chance: measured on MedQuAD, CISI and Cranfield."""
    return 2.0 - min(1.0, max(0.0, (words - SHORT) / (LONG - SHORT)))


def _df(text: str, counts: Counts) -> int:
    """Of a run of words: that of its rarest, an estimate from above."""
    return min((counts.get(stem, 0) for stem in stems(text)), default=0)


def _term(text: str, counts: Counts) -> Term:
    """idf as in Lucene's BM25: never negative."""
    total, df = counts[vocabulary.EVERY], _df(text, counts)
    return Term(text, df, idf=log(1 + (total - df + 0.5) / (df + 0.5)))
