"""Hits gathered under their pages, and the pages in order."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import sqrt

from tips.index.match import Hit
from tips.index.words import stem_set, stems
from tips.search.public import STAYS, Subject
from tips.search.showing import Group

FURTHER = (0.2, 0.1, 0.1)  # what a second, third and fourth place on a page add, as a share of their scores
NAMED, TOLD, MENTIONED, PASSING = 1.1, 1.0, 0.95, 0.75  # for words of the glossary and warning signs: see `_standing`
KNOWN_ANSWER = 1.2  # times the best score: for a page that the staff know to answer all of the words, less for some


@dataclass(frozen=True)
class Leads:
    """What comes before everything else, if it is there: warning signs, then pages chosen by the staff.

    answers: slugs of pages that are only raised, and how much of the question they answer (0 to 1).
    """

    warnings: tuple[str, ...] = ()
    chosen: tuple[str, ...] = ()
    answers: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Names:
    """What was asked, by stem. words: all of it. same: those with a stand-in. also: the stand-ins."""

    words: frozenset[str] = frozenset()
    same: frozenset[str] = frozenset()
    also: frozenset[str] = frozenset()


def gather(hits: Iterable[Hit]) -> dict[str, list[Hit]]:
    found: dict[str, list[Hit]] = {}
    for hit in hits:
        found.setdefault(hit.group, []).append(hit)
    return found


def in_order(
    hits: Mapping[str, Sequence[Hit]], subjects: Mapping[str, Subject], leads: Leads, names: Names = Names()
) -> list[Group]:
    """Best first. Pages without a subject are not public; subjects without hits are among the leads."""
    found = {key: _group(subject, hits.get(key, ()), leads, key) for key, subject in subjects.items()}
    groups = {key: replace(group, score=group.score * _standing(group, names)) for key, group in found.items()}
    top = max((group.score for group in groups.values()), default=0.0)
    raised = {key: _raised(group, top, leads.answers) for key, group in groups.items()}
    first = {key: place for place, key in enumerate((*leads.warnings, *leads.chosen))}
    order = {key: place for place, key in enumerate(hits)}  # ties as they were found
    last = len(order)
    keys = sorted(raised, key=lambda key: (first.get(key, last), -raised[key].score, order.get(key, last)))
    return [raised[key] for key in keys]


def _raised(group: Group, top: float, answers: Mapping[str, float]) -> Group:
    if group.subject.slug not in answers:
        return group
    return replace(group, score=group.score + top * KNOWN_ANSWER * sqrt(answers[group.subject.slug]))


def _standing(group: Group, names: Names) -> float:
    """Definitions and warnings are short and full of plain words: they would go before the page that helps.

    Named and nothing else, "tail bone": first. Named among other words, "tail bone when sitting": beside the pages.
    Told in other words, "which muscle bends the hip": the more of them, the further forward. Met in passing: behind.
    """
    if group.subject.kind not in STAYS:
        return 1.0
    title = {*stems(group.subject.title)}
    if not title <= names.words | names.also:
        return PASSING + (TOLD - PASSING) * _told(group, names) ** 2
    return NAMED if names.words <= title | names.same else MENTIONED


def _told(group: Group, names: Names) -> float:
    """How much of a question of several words stands there (0 to 1)."""
    if len(names.words) < 2:
        return 0.0
    text = names.same.union(*(stem_set(hit.text) for hit in group.hits))
    return len(names.words & text) / len(names.words)


def as_found(hits: Mapping[str, Sequence[Hit]], subjects: Mapping[str, Subject]) -> list[Group]:
    """In the order of their first hits."""
    return [_group(subjects[key], mine, Leads(), key) for key, mine in hits.items() if key in subjects]


def _group(subject: Subject, hits: Sequence[Hit], leads: Leads, key: str) -> Group:
    scores = sorted((hit.score for hit in hits), reverse=True)
    score = sum(scores[:1]) + sum(share * each for share, each in zip(FURTHER, scores[1:], strict=False))
    return Group(subject, tuple(hits), score, chosen=key in leads.chosen)
