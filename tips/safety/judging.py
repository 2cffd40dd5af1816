"""How much alarm the learned weights hear: in passages of a few sentences, each with the whole post in mind.

Short passages keep one line that matters from drowning in a long story; the whole post lends age, illnesses and more.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tips.safety.telling import Telling
from tips.safety.weights import Weights

PASSAGE = 50  # words
SHARE = 0.75  # of the strongest flag counts beside the general alarm


@dataclass(frozen=True)
class Judgement:
    """Of the tellings `first` up to, not including, `last`. `score` is in log odds; `flags` likewise, by label."""

    first: int
    last: int
    score: float
    flags: dict[str, float]


def passages(lengths: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Of stretches of these lengths (words), runs of at most PASSAGE words, each overlapping the next by one."""
    first = 0
    while first < len(lengths):
        last, words = first, 0
        while last < len(lengths) and (last == first or words + lengths[last] <= PASSAGE):
            words += lengths[last]
            last += 1
        yield first, last
        if last == len(lengths):
            return
        first = max(first + 1, last - 1)


def features(tellings: Sequence[Telling]) -> set[str]:
    """Everything in these tellings, and all pairs of classes: for learning."""
    concepts = frozenset[str]().union(*(telling.concepts for telling in tellings))
    return set[str]().union(every_pair(concepts), *(telling.features for telling in tellings))


def every_pair(concepts: frozenset[str]) -> Iterator[str]:
    names = sorted(concepts)
    for place, first in enumerate(names):
        yield from (f"x:{first}+{second}" for second in names[place + 1 :])


def background(tellings: Sequence[Telling]) -> set[str]:
    """What the whole post lends to each of its passages."""
    return {f"P:{name}" for telling in tellings for name in telling.concepts}


def judge(tellings: Sequence[Telling], weights: Weights) -> list[Judgement]:
    """All passages, the most alarming first."""
    known = [weights.known(telling.features) for telling in tellings]
    start = weights.add(weights.known(background(tellings)), weights.start)
    judged = [
        _judged(tellings, known, weights, start, first, last)
        for first, last in passages([len(telling.stretch.words) for telling in tellings])
    ]
    return sorted(judged, key=lambda each: (-each.score, each.first))


def alone(telling: Telling, weights: Weights) -> float:
    """How much alarm it would raise with nothing around it, in log odds."""
    return _judged([telling], [weights.known(telling.features)], weights, weights.start, 0, 1).score


def _judged(
    tellings: Sequence[Telling], known: Sequence[set[int]], weights: Weights, start: int, first: int, last: int
) -> Judgement:
    concepts = frozenset[str]().union(*[telling.concepts for telling in tellings[first:last]])
    here = set[int]().union(weights.pairs(concepts), *known[first:last])
    alarm, scores = weights.unpack(weights.add(here, start))
    return Judgement(first, last, alarm + SHARE * max(scores), dict(zip(weights.labels, scores, strict=True)))
