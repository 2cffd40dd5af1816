"""From balls in space to the paths of an SVG. Colours are the style sheet's: a shape has only a class."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import acos, atan2, cos, hypot, sin

from tips.drawing.body import Ball
from tips.drawing.space import Matrix, Point, about_x, about_y, apply, times

SLACK = 0.35  # pixels
HALF = 0.1  # the sine of the angle up to which an end counts as half a circle
GRID = 0.2  # pixels; nothing is drawn finer


@dataclass(frozen=True)
class Shape:
    """One `<path>`."""

    kind: str  # its class
    d: str


@dataclass(frozen=True)
class Disc:
    """A ball as it is seen: centre and radius in pixels of the picture, y downwards; depth towards the reader."""

    x: float
    y: float
    radius: float
    depth: float = 0.0


@dataclass(frozen=True)
class Camera:
    """Seen from the figure's right side; `turn` walks round to its front, `tilt` looks from above.

    `scale` is pixels a centimetre."""

    turn: float = 0.0
    tilt: float = 0.0
    scale: float = 1.2
    at: tuple[float, float] = (0.0, 0.0)  # where the point of the floor under (0, 0, 0) comes to lie

    def see(self, ball: Ball) -> Disc:
        x, y, depth = apply(self._turned(), ball.centre)
        return Disc(self.at[0] + self.scale * x, self.at[1] - self.scale * y, self.scale * ball.radius, depth)

    def depth(self, way: Point) -> float:
        """How far a direction points to the reader."""
        return apply(self._turned(), way)[2]

    def point(self, place: Point) -> Disc:
        return self.see(Ball(place, 0))

    def _turned(self) -> Matrix:
        return times(about_x(self.tilt), about_y(-self.turn))


def skin(pairs: Iterable[tuple[Disc, Disc]]) -> str:
    """One path of them all, without what lies under the others: from the side, half a trunk covers the other half."""
    kept: list[tuple[Disc, Disc]] = []
    for pair in sorted(pairs, key=_spread, reverse=True):
        if not any(_within(pair[0], wider) and _within(pair[1], wider) for wider in kept):
            kept.append(pair)
    return "".join(capsule(a, b) for a, b in kept)


def _spread(pair: tuple[Disc, Disc]) -> float:
    a, b = pair
    return hypot(b.x - a.x, b.y - a.y) + a.radius + b.radius


def _within(small: Disc, pair: tuple[Disc, Disc]) -> bool:
    """Whether a disc lies in the skin of two others, give or take a third of a pixel."""
    a, b = pair
    steps = [part / 12 for part in range(13)]
    between = [(a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t, a.radius + (b.radius - a.radius) * t) for t in steps]
    return any(hypot(small.x - x, small.y - y) + small.radius <= radius + SLACK for x, y, radius in between)


def capsule(a: Disc, b: Disc) -> str:
    """The outline of two discs with a skin drawn tight over them, always clockwise."""
    apart = hypot(b.x - a.x, b.y - a.y)
    if apart <= abs(a.radius - b.radius) + 0.05:
        return disc(max(a, b, key=lambda each: each.radius))
    heading, spread = atan2(b.y - a.y, b.x - a.x), acos((a.radius - b.radius) / apart)
    left, right = heading - spread, heading + spread
    start, along, across, back = (_rim(*each) for each in ((a, left), (b, left), (b, right), (a, right)))
    lean = (a.radius - b.radius) / apart
    return (
        f"M{_n(start[0])} {_n(start[1])}l{_step(start, along)}{_arc(b, -lean)}{_step(along, across)}"
        f"l{_step(across, back)}{_arc(a, lean)}{_step(back, start)}z"
    )


def disc(each: Disc) -> str:
    left, across, arc = each.x - each.radius, 2 * each.radius, _n(each.radius)
    return f"M{_n(left)} {_n(each.y)}a{arc} {arc} 0 1 1 {_n(across)} 0a{arc} {arc} 0 1 1 {_n(-across)} 0z"


def polygon(points: Iterable[tuple[float, float]], *, closed: bool = True) -> str:
    corners = [f"{_n(x)} {_n(y)}" for x, y in points]
    return f"M{'L'.join(corners)}{'z' if closed else ''}"


def arrow(points: list[tuple[float, float]], head: float = 9.0) -> tuple[Shape, Shape]:
    """One bow from the first point by the second to the third, and its head."""
    (x0, y0), (cx, cy), (x1, y1) = points
    way = atan2(y1 - cy, x1 - cx)
    tip = [(x1, y1)] + [(x1 - head * cos(way + turn), y1 - head * sin(way + turn)) for turn in (0.5, -0.5)]
    stop = (x1 - head * 0.7 * cos(way), y1 - head * 0.7 * sin(way))
    bow = f"M{_n(x0)} {_n(y0)}Q{_n(cx)} {_n(cy)} {_n(stop[0])} {_n(stop[1])}"
    return Shape("bow", bow), Shape("tip", polygon(tip))


def _rim(each: Disc, angle: float) -> tuple[float, float]:
    """A point of the edge, on the grid, so that steps from point to point add up."""
    return _grid(each.x + each.radius * cos(angle)), _grid(each.y + each.radius * sin(angle))


def _arc(each: Disc, lean: float) -> str:
    """More than half a circle where `lean` is positive. A radius too small for its ends is stretched to a half circle:
    that is what we say where it all but is one, since rounding would otherwise move the middle by a pixel."""
    radius = _n(each.radius) if abs(lean) > HALF else "1"
    return f"a{radius} {radius} 0 {int(lean > 0)} 1 "


def _step(start: tuple[float, float], end: tuple[float, float]) -> str:
    return f"{_n(end[0] - start[0])} {_n(end[1] - start[1])}"


def _grid(value: float) -> float:
    return round(value / GRID) * GRID


def _n(value: float) -> str:
    return f"{_grid(value):g}" if abs(value) >= GRID / 2 else "0"
