"""What was learnt from examples, as data: `content/safety_weights.json`, written by `python -m bench safety_train`."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings

FILE = "safety_weights.json"
WHOLE = 100  # weights are written in hundredths
LANE = 32  # bits, of which no sum of weights comes near
FULL_LANE, HALF_LANE = (1 << LANE) - 1, 1 << LANE - 1
MOST_LABELS = 31
LIFT = sum(HALF_LANE << LANE * place for place in range(MOST_LABELS + 1))  # makes every lane positive


@dataclass(frozen=True)
class Weights:
    """Weights are log odds in hundredths: of each feature, how much it speaks for any alarm, then for each label.
    `labels` are marks: a slug, or a slug with "+E".

    `places` numbers the features; `packed` holds, by that number, all weights of a feature in one whole number, LANE
    bits for each: one addition adds them all, which is what makes reading fast. `partners` are the classes with which a
    class makes a pair ("x:a+b", a before b) that carries weight, and the number of that feature.
    """

    version: str
    labels: tuple[str, ...]
    start: int
    places: Mapping[str, int]
    packed: Sequence[int]
    partners: Mapping[str, Mapping[str, int]]
    thresholds: Mapping[str, float]

    def known(self, features: Iterable[str]) -> set[int]:
        """The numbers of those that carry weight."""
        places = self.places
        return {places[feature] for feature in features if feature in places}

    def pairs(self, concepts: frozenset[str]) -> Iterator[int]:
        names = sorted(concepts)
        for place, first in enumerate(names, 1):
            if first in self.partners:
                partners = self.partners[first]
                yield from [partners[second] for second in names[place:] if second in partners]

    def add(self, features: Iterable[int], start: int) -> int:
        """Packed: all that the features (by their numbers) say, added to `start`."""
        return sum(map(self.packed.__getitem__, features), start)

    def unpack(self, total: int) -> tuple[float, list[float]]:
        """The log odds for any alarm, and for each label."""
        total += LIFT
        alarm, *flags = [_lane(total, place) for place in range(len(self.labels) + 1)]
        return alarm, flags

    def of(self, feature: str, label: str) -> float:
        """How much the feature speaks for the label."""
        place = self.places.get(feature)
        return 0.0 if place is None else _lane(self.packed[place] + LIFT, self.labels.index(label) + 1)


@cache
def weights() -> Weights:
    return parse(json.loads((settings.CONTENT_DIR / FILE).read_text(encoding="utf-8")))


def parse(data: Mapping[str, Any]) -> Weights:
    """`data["features"]` holds, by feature, its weight for any alarm, then places of labels, each with a weight."""
    features: Mapping[str, Sequence[int]] = data["features"]
    places = {name: place for place, name in enumerate(features)}
    partners: dict[str, dict[str, int]] = {}
    for name in features:
        if name.startswith("x:"):
            first, second = name[2:].split("+")
            partners.setdefault(first, {})[second] = places[name]
    return Weights(
        version=data["version"],
        labels=tuple(data["labels"]),
        start=_packed(data["start"]),
        places=places,
        packed=[_packed(each) for each in features.values()],
        partners=partners,
        thresholds=data["thresholds"],
    )


def _packed(each: Sequence[int]) -> int:
    lanes = zip(each[1::2], each[2::2], strict=True)
    return sum([weight << LANE * (place + 1) for place, weight in lanes], each[0])


def _lane(lifted: int, place: int) -> float:
    return ((lifted >> LANE * place & FULL_LANE) - HALF_LANE) / WHOLE
