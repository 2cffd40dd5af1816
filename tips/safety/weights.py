"""What was learnt from examples, as data: `content/safety_weights.json`, written by `python -m bench safety_train`."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from sys import intern
from typing import Any

from django.conf import settings

from tips.safety.vocabulary import Known

FILE = "safety_weights.json"
WHOLE = 100  # weights are written in hundredths
LANE = 20  # bits: enough for all weights there are, added up
FULL_LANE, HALF_LANE = (1 << LANE) - 1, 1 << LANE - 1
MOST_LABELS = 31
LANES = [1 << LANE * place for place in range(1, MOST_LABELS + 1)]  # of the labels: the first is that of any alarm
LIFT = sum(HALF_LANE << LANE * place for place in range(MOST_LABELS + 1))  # makes every lane positive
WORDS = {"w", "~w", "b", "s"}  # kinds of features that are found by their words
NAMED = ("P", "q", "r")


@dataclass(frozen=True)
class Weights:
    """Weights are log odds in hundredths: of each feature, how much it speaks for any alarm, then for each label.
    `labels` are marks: a slug, or a slug with "+E".

    Features have numbers, from 1; `packed` holds, by that number, all weights of a feature in one whole number, LANE
    bits for each: one addition adds them all, which is what makes reading fast. `stems`, `classes` and `denied` classes
    find features without spelling them out, and their names are not kept: they would take more memory than all else
    here. `places` holds the numbers of the few that are asked for by name (NAMED). `partners` are the classes with
    which a class makes a pair ("x:a+b", a before b) that carries weight, and that weight, packed.
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

    def place(self, feature: str) -> int | None:
        """The number of a feature that is spelt out (a pair of classes has none)."""
        kind, _, said = feature.partition(":")
        if kind in {"c", "~c"}:
            return (self.classes if kind == "c" else self.denied).get(said)
        if kind not in WORDS:
            return self.places.get(feature)
        first, _, second = said.partition(" ")
        return self.stems[first].number(kind, second) if first in self.stems else None

    def of(self, feature: str, label: str) -> float:
        """How much the feature speaks for the label."""
        place = self.place(feature)
        return 0.0 if place is None else self.lane(self.packed[place], self.labels.index(label) + 1)

    def lane(self, total: int, number: int) -> float:
        """The log odds for any alarm (0), or for a label by its place, counted from 1."""
        return ((total + LIFT >> LANE * number & FULL_LANE) - HALF_LANE) / WHOLE


@cache
def weights() -> Weights:
    return parse(json.loads((settings.CONTENT_DIR / FILE).read_text(encoding="utf-8")))


def parse(data: Mapping[str, Any]) -> Weights:
    """`data["features"]` holds, by feature, its weight for any alarm, then places of labels, each with a weight."""
    packed, same = [0], dict[int, int]()  # every other feature weighs what another one does
    kinds: dict[str, dict[str, int]] = defaultdict(dict)
    for number, (name, each) in enumerate(data["features"].items(), 1):
        weight = _packed(each)
        packed.append(same.setdefault(weight, weight))
        kind, _, said = name.partition(":")
        kinds[kind][said] = number
    return Weights(
        version=data["version"],
        labels=tuple(data["labels"]),
        start=_packed(data["start"]),
        places={f"{kind}:{said}": number for kind in NAMED for said, number in kinds[kind].items()},
        packed=packed,
        stems=_stems(kinds),
        classes=kinds["c"],
        denied=kinds["~c"],
        partners={
            first: {second: packed[number] for second, number in seconds.items()}
            for first, seconds in _by_first(kinds["x"], "+").items()
        },
        thresholds=data["thresholds"],
    )


def _stems(kinds: Mapping[str, dict[str, int]]) -> dict[str, Known]:
    told, denied, next_, second = kinds["w"], kinds["~w"], _by_first(kinds["b"], " "), _by_first(kinds["s"], " ")
    none: dict[str, int] = {}
    return {
        stem: Known(told.get(stem), denied.get(stem), next_.get(stem, none), second.get(stem, none))
        for stem in {**told, **denied, **next_, **second}
    }


def _by_first(pairs: Mapping[str, int], between: str) -> dict[str, dict[str, int]]:
    """Each word of the pairs is kept once, however many pairs it stands in."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for pair, number in pairs.items():
        first, _, second = pair.partition(between)
        found[first][intern(second)] = number
    return dict(found)


def _packed(each: Sequence[int]) -> int:
    return sum([weight * LANES[place] for place, weight in zip(each[1::2], each[2::2], strict=True)], each[0])
