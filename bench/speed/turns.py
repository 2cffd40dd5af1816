"""Measurements in turns, so that a machine that grows slower or faster meanwhile does so for all; and their table."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import median

from bench.speed.wrk import Load

TURNS = 5
Measure = Callable[[], Load]
Turns = dict[str, list[Load]]


def in_turns(measures: Mapping[str, Measure], turns: int = TURNS) -> Turns:
    """In another order each time."""
    found: Turns = {name: [] for name in measures}
    chance = random.Random(1)
    for _ in range(turns):
        for name in chance.sample(list(measures), len(measures)):
            found[name].append(measures[name]())
    return found


@dataclass(frozen=True)
class Goal:
    """`ratio` of the row `name` to the row `of`: by processor time, so that 2 means twice as many for the same time;
    or by another figure of both."""

    name: str
    of: str
    least: float
    figure: str = "cpu"

    def ratio(self, found: Turns) -> float:
        """The median of the turns' own."""
        pairs = zip(found[self.name], found[self.of], strict=True)
        if self.figure == "cpu":
            return median(other.cpu / own.cpu for own, other in pairs)
        ratios: list[float] = [getattr(own, self.figure) / getattr(other, self.figure) for own, other in pairs]
        return median(ratios)


@dataclass(frozen=True)
class Limit:
    """The median of a figure of a row is at most this."""

    name: str
    figure: str
    most: float


def report(found: Turns, goals: Sequence[Goal], limits: Sequence[Limit] = ()) -> dict[str, object]:
    rows = {name: _medians(loads) for name, loads in found.items()}
    print("| asked | CPU, ms a request | requests a second | p50, ms | p99, ms |")
    print("|--|--|--|--|--|")
    for name, row in rows.items():
        print(f"| {name} | {row['cpu']:.4f} | {row['rate']:,.0f} | {row['p50']:.2f} | {row['p99']:.2f} |")
    print("\n| compared | by | is | goal | |\n|--|--|--|--|--|")
    ratios = {f"{goal.name} ÷ {goal.of}": (goal, goal.ratio(found)) for goal in goals}
    for name, (goal, ratio) in ratios.items():
        missed = "missed" if ratio < goal.least else ""
        print(f"| {name} | {goal.figure} | {ratio:.2f} | {f'≥ {goal.least}' if goal.least else ''} | {missed} |")
    for limit in limits:
        figure = rows[limit.name][limit.figure]
        missed = "missed" if figure > limit.most else ""
        print(f"| {limit.name} | {limit.figure} | {figure:.2f} | ≤ {limit.most} | {missed} |")
    return {
        "turns": max(map(len, found.values())),
        "rows": rows,
        "ratios": {name: {**asdict(goal), "is": round(ratio, 3)} for name, (goal, ratio) in ratios.items()},
        "limits": [asdict(limit) | {"is": rows[limit.name][limit.figure]} for limit in limits],
    }


def _medians(loads: list[Load]) -> dict[str, float]:
    return {name: median(getattr(each, name) for each in loads) for name in ("cpu", "rate", "p50", "p99")}
