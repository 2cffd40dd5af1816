"""How much alarm the learned weights hear: in passages of a few sentences, each with the whole post in mind.

Short passages keep one line that matters from drowning in a long story; the whole post lends age, illnesses and more.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tips.safety.telling import Telling
from tips.safety.weights import Weights

PASSAGE = 50  # words
SHARE = 0.75  # of the strongest flag counts beside the general alarm


class Judgement(NamedTuple):
    """Of the tellings `first` up to, not including, `last`. `score` is in log odds, and so are the
    `scores` of the labels."""

    first: int
    last: int
    score: float
    labels: Sequence[str]
    scores: Sequence[float]

    @property
    def flags(self) -> dict[str, float]:
        return dict(zip(self.labels, self.scores, strict=True))

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
        self._numbers = telling.numbers()

    def passages(self) -> list[Judgement]:
        """All passages, the most alarming first."""
        start = self._weights.background(self._telling.concepts())
        judged = [self._judged(start, first, last) for first, last in passages(self._telling.reading.lengths)]
        return sorted(judged, key=lambda each: (-each.score, each.first))

    def alone(self, number: int) -> float:
        """How much alarm the stretch would raise with nothing around it, in log odds."""
        return self._judged(self._weights.start, number, number + 1).score

    def speaking(self, judgement: Judgement) -> Iterator[str]:
        """The stems of the words that speak for the alarm of the passage, each by itself."""
        telling, weights = self._telling, self._weights
        strongest = 1 + max(range(len(judgement.scores)), key=judgement.scores.__getitem__)
        words = telling.words_of(*judgement.stretches)
        for place in range(words.start, words.stop):
            said = {self._numbers[0][place], *map(weights.classes.get, telling.classes[place])}
            said.update(map(weights.denied.get, telling.taken_back[place]))
            total = weights.add(said, 0)
            if weights.lane(total, 0) + SHARE * weights.lane(total, strongest) > 0:
                yield telling.reading.words[place].stem

    def heard(self, first: int, last: int, concepts: frozenset[str]) -> set[int | None]:
        """The numbers of those `Telling.features` that carry weight, each once; None for the others."""
        telling, weights, words = self._telling, self._weights, self._telling.words_of(first, last)
        found = set[int | None]().union(*[numbers[words] for numbers in self._numbers])
        found.update([weights.places.get(mark) for marks in telling.marks[first:last] for mark in marks])
        found.update(map(weights.classes.get, concepts))
        found.update(map(weights.denied.get, telling.denials(words)))
        return found

    def _judged(self, start: int, first: int, last: int) -> Judgement:
        weights, concepts = self._weights, self._telling.concepts(self._telling.words_of(first, last))
        alarm, scores = weights.unpack(weights.paired(concepts, weights.add(self.heard(first, last, concepts), start)))
        return Judgement(first, last, alarm + SHARE * max(scores), weights.labels, scores)
