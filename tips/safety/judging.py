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

    @property
    def stretches(self) -> tuple[int, int]:
        return self.first, self.last


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


def features(telling: Telling, first: int, last: int) -> set[str]:
    """Everything in these stretches, and all pairs of classes: for learning."""
    names = sorted(telling.concepts(telling.words_of(first, last)))
    pairs = {f"x:{one}+{other}" for place, one in enumerate(names, 1) for other in names[place:]}
    return pairs.union(telling.features(first, last))


def background(telling: Telling) -> set[str]:
    """What the whole post lends to each of its passages: for learning."""
    return {f"P:{name}" for name in telling.concepts()}


class Judge:
    """What the weights make of one text."""

    def __init__(self, telling: Telling, weights: Weights) -> None:
        self._telling, self._weights = telling, weights
        self._by_word = weights.by_word(telling)

    def passages(self) -> list[Judgement]:
        """All passages, the most alarming first."""
        start = self._weights.background(self._telling.concepts())
        judged = [self._judged(start, first, last) for first, last in passages(self._telling.reading.lengths)]
        return sorted(judged, key=lambda each: (-each.score, each.first))

    def alone(self, number: int) -> float:
        """How much alarm the stretch would raise with nothing around it, in log odds."""
        return self._judged(self._weights.start, number, number + 1).score

    def _judged(self, start: int, first: int, last: int) -> Judgement:
        telling, weights = self._telling, self._weights
        total = weights.add(weights.heard(telling, self._by_word, first, last), start)
        alarm, scores = weights.unpack(weights.paired(telling.concepts(telling.words_of(first, last)), total))
        flags = dict(zip(weights.labels, scores, strict=True))
        return Judgement(first, last, alarm + SHARE * max(scores), flags)
