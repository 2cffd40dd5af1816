"""Query in, hits out: at most two statements, and however common the words are, a bounded number of rows to score."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import log

from tips.index import vocabulary
from tips.index.backend import Hit, Limits, Plan, Sort, Term
from tips.index.engine import engine
from tips.index.query import Query
from tips.index.words import clean, stems

__all__ = ["Hit", "Matches", "match", "plan", "unknown_words"]

COMMON = 0.2  # of all passages: a word in more of them tells little beside a rarer one
MOST_TERMS = 20  # are scored, the rarest: what is commoner in a long question tells little
MOST_EXPANSIONS = 12
SHORT, LONG = 6, 12  # words in a query


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
    sort: Sort = "best",
    limit: int = 100,
) -> Matches:
    """Passages with any of the words, phrases or expansions; all of the phrases; none of what is excluded.

    "newest" puts the most recent first among the several hundred best, so that a passing mention does not lead.
    """
    if not query.terms:
        return Matches()
    also = tuple(wording for phrase in expansions if (wording := clean(phrase)))
    counts = _counts((*query.terms, *also))
    narrowed = replace(
        plan(query, also, counts, engine().limits),
        kinds=tuple(sorted(map(clean, kinds))),
        area=clean(area),
        sort=sort,
        limit=limit + 1,
    )
    found = engine().search(narrowed)
    return Matches(tuple(found[:limit]), capped=len(found) > limit, unknown=_unknown(query, counts))


def unknown_words(query: Query) -> tuple[str, ...]:
    """Words of the query that stand nowhere, in any form: the ones to put right before matching. One query."""
    return _unknown(query, _counts(query.terms))


def plan(query: Query, expansions: Sequence[str], counts: dict[str, int], limits: Limits) -> Plan:
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
        cap=limits.cap if sum(term.df for term in (*needed, *also)) > limits.most else None,
    )


def _most_telling(terms: list[Term]) -> list[Term]:
    """In the order of the query. Words that stand nowhere come last."""
    chosen = sorted(terms, key=lambda term: (term.df == 0, term.df))[:MOST_TERMS]
    return [term for term in terms if term in chosen]


def _title_weight(words: int) -> float:
    """2 for short queries, 1 for long ones, which meet titles by chance: measured on MedQuAD, CISI and Cranfield."""
    return 2.0 - min(1.0, max(0.0, (words - SHORT) / (LONG - SHORT)))


def _counts(terms: Iterable[str]) -> dict[str, int]:
    return vocabulary.frequencies(stem for term in terms for stem in stems(term))


def _df(text: str, counts: dict[str, int]) -> int:
    """Of a run of words: that of its rarest, an estimate from above."""
    return min((counts[stem] for stem in stems(text)), default=0)


def _term(text: str, counts: dict[str, int]) -> Term:
    """idf as in Lucene's BM25: never negative."""
    total, df = counts[vocabulary.EVERY], _df(text, counts)
    return Term(text, df, idf=log(1 + (total - df + 0.5) / (df + 0.5)))


def _unknown(query: Query, counts: dict[str, int]) -> tuple[str, ...]:
    words = dict.fromkeys((*query.words, *(word for phrase in query.phrases for word in phrase.split())))
    return tuple(word for word in words if not _df(word, counts))
