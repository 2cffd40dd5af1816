"""From what was typed to what is shown: parse, correct, widen, match, and read every hit again through published()."""

import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from tips.glossary.words import misspellings, real_words, synonym_groups
from tips.index.backend import Sort
from tips.index.marking import mark
from tips.index.match import Hit, match, unknown_words
from tips.index.query import Query, correct_words, parse
from tips.index.spelling import correct
from tips.index.synonyms import expand
from tips.safety.find import Finding, find
from tips.search.public import Subject, public_subjects

MOST_HITS = 400
PASSAGES_SHOWN = 3


@dataclass(frozen=True)
class Occurrence:
    """One place where the words stand. `html` is escaped text with <mark>."""

    html: str
    url: str
    heading: str


@dataclass(frozen=True)
class Found:
    """One page, with the best places on it."""

    subject: Subject
    score: float
    passages: tuple[Occurrence, ...]
    more: int  # places on the same page that are not shown


@dataclass(frozen=True)
class Results:
    raw: str
    query: Query
    corrected: str = ""  # what was searched instead, when a word was put right
    meant: str = ""  # offered, not searched
    expanded: tuple[str, ...] = ()
    pages: tuple[Found, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)  # pages by kind
    safety: Finding = field(default_factory=lambda: find(""))
    took_ms: float = 0.0

    @property
    def total(self) -> int:
        return len(self.pages)


def search(raw: str, *, kind: str = "", area: str = "", sort: str = "best", as_typed: bool = False) -> Results:
    """All pages where the words stand, best first. Never raises, whatever was typed."""
    started = time.perf_counter()
    typed = parse(raw)
    query = typed if as_typed else _spelled(typed)
    expansions = expand(query, synonym_groups())
    order: Sort = "newest" if sort == "newest" else "best"
    matches = match(query, expansions=expansions, area=area, sort=order, limit=MOST_HITS)
    groups = _grouped(matches.hits)
    subjects = public_subjects(matches.hits)
    pages = [_found(subjects[key], hits, query, expansions) for key, hits in groups.items() if key in subjects]
    return Results(
        raw=typed.raw,
        query=query,
        corrected=query.raw if query != typed else "",
        meant=_meant(query),
        expanded=tuple(expansions),
        pages=tuple(page for page in pages if kind in ("", page.subject.kind)),
        counts=dict(Counter(page.subject.kind for page in pages)),
        safety=find(typed.raw),
        took_ms=round((time.perf_counter() - started) * 1000, 2),
    )


def _spelled(query: Query) -> Query:
    """The query with every word that stands nowhere on the site put right, where there is something near it."""
    found = {word: correct(word, misspellings()) for word in unknown_words(query)}
    return correct_words(query, {word: near[0] for word, near in found.items() if near})


def _meant(query: Query) -> str:
    """Another way to read words that are good English but rarely meant here, such as "lumber"."""
    meant = correct_words(query, {word: right for word, right in real_words().items() if word in query.words})
    return meant.raw if meant != query else ""


def _grouped(hits: Iterable[Hit]) -> dict[str, list[Hit]]:
    groups: dict[str, list[Hit]] = {}
    for hit in hits:
        groups.setdefault(hit.group, []).append(hit)
    return groups


def _found(subject: Subject, hits: list[Hit], query: Query, expansions: tuple[str, ...]) -> Found:
    shown = [hit for hit in hits if hit.source not in subject.hidden]
    places = [Occurrence(mark(hit.body, query, expansions), hit.url, hit.heading) for hit in shown]
    # A passage may be here for the title of its page alone: it is no place where the words stand.
    told = [place for place in places if "<mark>" in place.html] or places[:1]
    return Found(
        subject,
        max(hit.score for hit in hits),
        tuple(told[:PASSAGES_SHOWN]),
        more=max(len(told) - PASSAGES_SHOWN, 0),
    )
