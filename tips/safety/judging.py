"""How much alarm the learned weights hear: in passages of a few sentences, each with the whole post in mind.

Short passages keep one line that matters from drowning in a long story; the whole post lends age, illnesses and more.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tips.safety.telling import Telling
from tips.safety.weights import Weights

PASSAGE = 50  # words
MOST_PASSAGES = 12  # that are asked for their flags: those that sound most alarming
CALM = -3.0  # a passage below this is not asked: no flag would outweigh it
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


def features(tellings: Sequence[Telling], weights: Weights | None = None) -> set[str]:
    """Everything in these tellings, and pairs of classes: all of them, or those that `weights` knows."""
    found = set().union(*(telling.features for telling in tellings))
    concepts = frozenset().union(*(telling.concepts for telling in tellings))
    return found.union(weights.pairs(concepts) if weights else every_pair(concepts))


def every_pair(concepts: frozenset[str]) -> Iterator[str]:
    names = sorted(concepts)
    for place, first in enumerate(names):
        yield from (f"x:{first}+{second}" for second in names[place + 1 :])


def background(tellings: Sequence[Telling]) -> set[str]:
    """What the whole post lends to each of its passages."""
    return {f"P:{name}" for telling in tellings for name in telling.concepts}


def judge(tellings: Sequence[Telling], weights: Weights) -> list[Judgement]:
    """All passages, the most alarming first."""
    common = background(tellings)
    start = weights.alarm_bias + weights.alarming(common)
    heard = []
    for first, last in passages([len(telling.stretch.words) for telling in tellings]):
        here = features(tellings[first:last], weights)
        heard.append((start + weights.alarming(here), first, last, here))
    heard.sort(key=lambda each: (-each[0], each[1]))
    flags = weights.flagged(common)
    judged = [_judgement(weights, flags, each) for each in heard[:MOST_PASSAGES]]
    judged += [Judgement(first, last, alarm, {}) for alarm, first, last, _ in heard[MOST_PASSAGES:]]
    return sorted(judged, key=lambda each: (-each.score, each.first))


def _judgement(weights: Weights, flags: Sequence[float], heard: tuple[float, int, int, set[str]]) -> Judgement:
    alarm, first, last, here = heard
    if alarm < CALM:
        return Judgement(first, last, alarm, {})
    scores = weights.flagged(here, flags)
    return Judgement(first, last, alarm + SHARE * max(scores), dict(zip(weights.labels, scores, strict=True)))
