"""What was learnt from examples, as data: `content/safety_weights.json`, written by `python -m bench safety_train`."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings

from tips.safety.vocabulary import Known

FILE = "safety_weights.json"
WHOLE = 100  # weights are written in hundredths
LANE = 20  # bits: enough for all weights there are, added up
FULL_LANE, HALF_LANE = (1 << LANE) - 1, 1 << LANE - 1
MOST_LABELS = 31
LIFT = sum(HALF_LANE << LANE * place for place in range(MOST_LABELS + 1))  # makes every lane positive


@dataclass(frozen=True)
class Weights:
    """Weights are log odds in hundredths: of each feature, how much it speaks for any alarm, then for each label.
    `labels` are marks: a slug, or a slug with "+E".

    `places` numbers the features from 1; `packed` holds, by that number, all weights of a feature in one whole number,
    LANE bits for each: one addition adds them all, which is what makes reading fast. `stems`, `classes` and `denied`
    classes find features without spelling them out. `partners` are the classes with which a class makes a pair
    ("x:a+b", a before b) that carries weight, and that weight, packed.
    """

    version: str
    labels: tuple[str, ...]
    start: int
    places: Mapping[str, int]
    packed: Sequence[int]
    stems: Mapping[str, Known]
    classes: Mapping[str, int]
    denied: Mapping[str, int]
    partners: Mapping[str, Mapping[str, int]]
    thresholds: Mapping[str, float]

    def background(self, concepts: Iterable[str]) -> int:
        """Packed: what the whole post, which speaks of these classes, lends to each of its passages."""
        return self.add({self.places.get(f"P:{name}") for name in concepts}, self.start)

    def paired(self, concepts: Iterable[str], start: int) -> int:
        """Packed: what all pairs of these classes say, added to `start`."""
        names, found = sorted(concepts), list[int | None]()
        for place, first in enumerate(names, 1):
            if first in self.partners:
                found += map(self.partners[first].get, names[place:])
        return sum(filter(None, found), start)

    def add(self, features: Iterable[int | None], start: int) -> int:
        """Packed: all that the features (by their numbers) say, added to `start`."""
        return sum(map(self.packed.__getitem__, filter(None, features)), start)

    def unpack(self, total: int) -> tuple[float, list[float]]:
        """The log odds for any alarm, and for each label."""
        total += LIFT
        lanes = range(0, LANE * (len(self.labels) + 1), LANE)
        alarm, *flags = [((total >> lane & FULL_LANE) - HALF_LANE) / WHOLE for lane in lanes]
        return alarm, flags

    def of(self, feature: str, label: str) -> float:
        """How much the feature speaks for the label."""
        place = self.places.get(feature)
        return 0.0 if place is None else self.lane(self.packed[place], self.labels.index(label) + 1)

    def lane(self, total: int, number: int) -> float:
        """The log odds for any alarm (0), or for a label by its place, counted from 1."""
        return ((total + LIFT >> LANE * number & FULL_LANE) - HALF_LANE) / WHOLE


@cache
def weights() -> Weights:
    return parse(json.loads((settings.CONTENT_DIR / FILE).read_text(encoding="utf-8")))


def parse(data: Mapping[str, Any]) -> Weights:
    """`data["features"]` holds, by feature, its weight for any alarm, then places of labels, each with a weight."""
    features: Mapping[str, Sequence[int]] = data["features"]
    places = {name: place for place, name in enumerate(features, 1)}
    packed = [0, *map(_packed, features.values())]
    partners: dict[str, dict[str, int]] = {}
    for name, place in places.items():
        if name.startswith("x:"):
            first, second = name[2:].split("+")
            partners.setdefault(first, {})[second] = packed[place]
    return Weights(
        version=data["version"],
        labels=tuple(data["labels"]),
        start=_packed(data["start"]),
        places=places,
        packed=packed,
        stems=_stems(places),
        classes={name[2:]: place for name, place in places.items() if name.startswith("c:")},
        denied={name[3:]: place for name, place in places.items() if name.startswith("~c:")},
        partners=partners,
        thresholds=data["thresholds"],
    )


def _stems(places: Mapping[str, int]) -> dict[str, Known]:
    found: dict[str, dict[str, dict[str, int]]] = {}
    for name, place in places.items():
        kind, _, words = name.partition(":")
        if kind in {"w", "~w", "b", "s"}:
            first, _, second = words.partition(" ")
            found.setdefault(first, {}).setdefault(kind, {})[second] = place
    none: dict[str, int] = {}
    return {
        stem: Known(each.get("w", none).get(""), each.get("~w", none).get(""), each.get("b", none), each.get("s", none))
        for stem, each in found.items()
    }


def _packed(each: Sequence[int]) -> int:
    lanes = zip(each[1::2], each[2::2], strict=True)
    return sum([weight << LANE * (place + 1) for place, weight in lanes], each[0])
