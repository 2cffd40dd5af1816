"""What was learnt from examples, as data: `content/safety_weights.json`, written by `python -m bench safety_train`."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings

FILE = "safety_weights.json"
WHOLE = 100  # weights are written in hundredths


@dataclass(frozen=True)
class Weights:
    """Weights are log odds. `alarm` says of each feature how much it speaks for any alarm at all; `flags` of each
    feature, pairs of a label's place and a weight. `labels` are marks: a slug, or a slug with "+E".

    `partners` are the classes with which a class makes a pair ("x:a+b", a before b) that carries weight.
    """

    version: str
    labels: tuple[str, ...]
    alarm_bias: float
    biases: tuple[float, ...]
    alarm: Mapping[str, float]
    flags: Mapping[str, tuple[tuple[int, float], ...]]
    partners: Mapping[str, frozenset[str]]
    thresholds: Mapping[str, float]

    def pairs(self, concepts: frozenset[str]) -> Iterator[str]:
        for first in concepts:
            for second in self.partners.get(first, frozenset()) & concepts:
                yield f"x:{first}+{second}"

    def alarming(self, features: Iterable[str]) -> float:
        weigh = self.alarm.get
        return sum(weigh(feature, 0.0) for feature in features)

    def flagged(self, features: Iterable[str], start: Iterable[float] | None = None) -> list[float]:
        """By label, the log odds; `start` is what is known already, or the bias alone."""
        sums = list(self.biases if start is None else start)
        for feature in features:
            for place, weight in self.flags.get(feature, ()):
                sums[place] += weight
        return sums


@cache
def weights() -> Weights:
    return parse(json.loads((settings.CONTENT_DIR / FILE).read_text(encoding="utf-8")))


def parse(data: Mapping[str, Any]) -> Weights:
    """`data["features"]` holds, by feature, its weight for any alarm, then places of labels, each with a weight;
    all weights in hundredths."""
    features: Mapping[str, list[int]] = data["features"]
    partners: dict[str, set[str]] = {}
    for first, second in (name[2:].split("+") for name in features if name.startswith("x:")):
        partners.setdefault(first, set()).add(second)
    return Weights(
        version=data["version"],
        labels=tuple(data["labels"]),
        alarm_bias=data["alarm_bias"],
        biases=tuple(data["biases"]),
        alarm={name: each[0] / WHOLE for name, each in features.items() if each[0]},
        flags={name: _placed(each) for name, each in features.items()},
        partners={name: frozenset(each) for name, each in partners.items()},
        thresholds=data["thresholds"],
    )


def _placed(each: list[int]) -> tuple[tuple[int, float], ...]:
    return tuple((place, weight / WHOLE) for place, weight in zip(each[1::2], each[2::2], strict=True))
