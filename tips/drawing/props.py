"""Things around the figure, made of boxes: (centre of the foot, size), in centimetres, on the floor of the figure."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

from tips.drawing.space import Point, add
from tips.drawing.svg import Camera, polygon


@dataclass(frozen=True)
class Box:
    """From its lowest corner to its highest."""

    low: Point
    high: Point


@dataclass(frozen=True)
class Prop:
    """Something that stands at a point of the floor. `size` is its height but where its maker says otherwise."""

    kind: str
    at: Point = (0.0, 0.0, 0.0)
    size: tuple[float, ...] = ()


def box(at: Point, size: Point) -> Box:
    """A box by the middle of its underside."""
    x, y, z = size
    return Box(add(at, (-x / 2, 0, -z / 2)), add(at, (x / 2, y, z / 2)))


def chair(seat: float = 45) -> list[Box]:
    legs = [box((x, 0, z), (3, seat - 4, 3)) for x, z in product((-19, 19), (-19, 19))]
    return [*legs, box((0, seat - 4, 0), (42, 4, 42)), box((-20, seat, 0), (3, 42, 42))]


def stool(seat: float = 45) -> list[Box]:
    return chair(seat)[:-1]


def table(long: float = 80, high: float = 72, deep: float = 60) -> list[Box]:
    legs = [
        box((x, 0, z), (4, high - 4, 4)) for x, z in product((4 - long / 2, long / 2 - 4), (4 - deep / 2, deep / 2 - 4))
    ]
    return [*legs, box((0, high - 4, 0), (long, 4, deep))]


def wall(high: float = 185) -> list[Box]:
    return [box((0, 0, 0), (4, high, 60))]


def block(long: float, high: float, deep: float) -> list[Box]:
    """A cushion, a mat, a book."""
    return [box((0, 0, 0), (long, high, deep))]


MAKERS: dict[str, Callable[..., list[Box]]] = {
    "chair": chair,
    "stool": stool,
    "table": table,
    "wall": wall,
    "block": block,
}


def boxes(prop: Prop) -> list[Box]:
    return [Box(add(each.low, prop.at), add(each.high, prop.at)) for each in MAKERS[prop.kind](*prop.size)]


def faces(each: Box, camera: Camera) -> str:
    """The sides of a box that are turned to the reader."""
    return "".join(
        polygon(corners) for corners in (_corners(each, side, camera) for side in range(6)) if _clockwise(corners)
    )


def _corners(each: Box, side: int, camera: Camera) -> list[tuple[float, float]]:
    axis, far = divmod(side, 2)
    others = [index for index in range(3) if index != axis]
    ring = [(0, 0), (0, 1), (1, 1), (1, 0)]
    found = []
    for pick in ring if (axis == 1) == bool(far) else reversed(ring):
        chosen = [0, 0, 0]
        chosen[axis], chosen[others[0]], chosen[others[1]] = far, *pick
        seen = camera.point(_corner(each, chosen))
        found.append((seen.x, seen.y))
    return found


def _corner(each: Box, chosen: list[int]) -> Point:
    x, y, z = ((each.low, each.high)[end][index] for index, end in enumerate(chosen))
    return (x, y, z)


def _clockwise(corners: list[tuple[float, float]]) -> bool:
    turned = corners[1:] + corners[:1]
    return sum((x2 - x1) * (y2 + y1) for (x1, y1), (x2, y2) in zip(corners, turned, strict=True)) < -0.5


def depth(each: Box, camera: Camera) -> float:
    low, high = camera.point(each.low), camera.point(each.high)
    return (low.depth + high.depth) / 2
