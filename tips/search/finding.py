"""From what was typed to what is shown: understand, match, and read every hit again through published()."""

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tips.index.backend import Sort
from tips.index.marking import Marker
from tips.index.match import Matches, group_at, match
from tips.index.query import Query
from tips.index.words import stems
from tips.safety.find import Finding, find
from tips.search.ordering import Leads, Names, as_found, gather, in_order
from tips.search.promoted import promoted_pages
from tips.search.public import public_subjects
from tips.search.showing import Found, Group, Pages, every_place
from tips.search.understanding import Understood, understand

MOST_HITS = 400
MOST_PLACES = 1_000  # of one page
REPLY = "comment"


@dataclass(frozen=True)
class Asked:
    """kind, area: only these. as_typed: nothing put right. only: no words but those of the question."""

    kind: str = ""
    area: str = ""
    sort: Sort = "best"
    as_typed: bool = False
    only: bool = False


@dataclass(frozen=True)
class Results:
    raw: str
    query: Query
    corrected: str = ""  # what was searched instead, when a word was put right
    meant: str = ""  # offered, not searched
    expanded: tuple[str, ...] = ()  # searched as well
    expandable: tuple[str, ...] = ()  # could be searched as well, but was not wanted
    pages: Sequence[Found] = ()
    counts: dict[str, int] = field(default_factory=dict)  # pages by kind
    unknown: tuple[str, ...] = ()  # words that stand nowhere
    capped: bool = False  # there is more than this
    safety: Finding = field(default_factory=lambda: find(""))
    took_ms: float = 0.0

    @property
    def total(self) -> int:
        return len(self.pages)

    @property
    def elsewhere(self) -> int:
        """Pages of all kinds, where one kind was chosen."""
        return sum(self.counts.values())


def search(raw: str, asked: Asked = Asked()) -> Results:
    """All pages where the words stand, best first. Never raises, whatever was typed."""
    started = time.perf_counter()
    read = understand(raw, as_typed=asked.as_typed)
    safety = find(read.typed.raw)
    found = _matches(read, asked)
    groups = _groups(found, read, safety, asked)
    counts = dict(Counter(group.subject.kind for group in groups))
    if asked.kind and found.capped:
        groups = _groups(_matches(read, asked, frozenset((asked.kind, REPLY))), read, safety, asked)
    wanted = [group for group in groups if asked.kind in ("", group.subject.kind)]
    return Results(
        **_said(read, only=asked.only),
        pages=Pages(wanted, _marker(read, asked)),
        counts=counts,
        unknown=found.unknown,
        capped=found.capped,
        safety=safety,
        took_ms=round((time.perf_counter() - started) * 1000, 2),
    )


def search_page(raw: str, url: str, asked: Asked = Asked()) -> Results:
    """Every place on the page with this address, in the order of the page; none if it is not public."""
    read = understand(raw, as_typed=asked.as_typed)
    group = group_at(url)
    found = _matches(read, asked, group=group, limit=MOST_PLACES) if group else Matches()
    groups = as_found(gather(found.hits), public_subjects(found.hits))
    return Results(
        **_said(read, only=asked.only),
        pages=[every_place(each, _marker(read, asked)) for each in groups],
        safety=find(read.typed.raw),
    )


def _matches(
    read: Understood, asked: Asked, kinds: frozenset[str] = frozenset(), *, group: str = "", limit: int = MOST_HITS
) -> Matches:
    return match(
        read.query,
        expansions=() if asked.only else read.also,
        kinds=kinds,
        area=asked.area,
        group=group,
        sort=asked.sort,
        limit=limit,
        counts=read.counts,
        stand_ins={} if asked.only else read.stand_ins,
    )


def _groups(found: Matches, read: Understood, safety: Finding, asked: Asked) -> list[Group]:
    if asked.sort == "newest" or asked.area:
        return as_found(gather(found.hits), public_subjects(found.hits))
    signs = tuple(dict.fromkeys(each.flag.slug for each in safety.matches if each.level != "quiet"))
    chosen = promoted_pages(read.typed, read.query)
    answers = {} if asked.only else read.pages
    subjects = public_subjects(found.hits, chosen=chosen, answers=answers, warnings=signs)
    leads = Leads(tuple(f"warning:{slug}" for slug in signs[:1]), tuple(f"page:{pk}" for pk in chosen), answers)
    return in_order(gather(found.hits), subjects, leads, _names(read, only=asked.only))


def _names(read: Understood, *, only: bool) -> Names:
    words = frozenset(stem for word in read.query.words for stem in stems(word))
    also = () if only else read.also
    return Names(words, frozenset(read.stand_ins), frozenset(stem for phrase in also for stem in stems(phrase)))


def _marker(read: Understood, asked: Asked) -> Marker:
    return Marker(read.query, () if asked.only else read.also)


def _said(read: Understood, *, only: bool) -> dict[str, Any]:
    also = tuple(phrase for phrase in read.also if f" {phrase} " not in f" {read.typed.text} ")
    return {
        "raw": read.typed.raw,
        "query": read.query,
        "corrected": read.corrected,
        "meant": read.meant,
        "expanded": () if only else also,
        "expandable": also if only else (),
    }
