"""Points and turns in space. x is forwards, y up, z to the figure's right; centimetres and degrees."""

from dataclasses import dataclass
from math import cos, radians, sin

Point = tuple[float, float, float]
Matrix = tuple[Point, Point, Point]  # rows

ORIGIN: Point = (0.0, 0.0, 0.0)
STRAIGHT: Matrix = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))


@dataclass(frozen=True)
class Frame:
    """Where a bone begins and how it is turned."""

    origin: Point
    turned: Matrix

    def place(self, local: Point) -> Point:
        return add(self.origin, apply(self.turned, local))

    def bend(self, at: Point, turn: Matrix) -> "Frame":
        """The frame of the next bone, which begins at a point of this one."""
        return Frame(self.place(at), times(self.turned, turn))


def add(a: Point, b: Point) -> Point:
    return (a[0] + b[0], a[1] + b[1], a[2] + b[2])


def minus(a: Point, b: Point) -> Point:
    return (a[0] - b[0], a[1] - b[1], a[2] - b[2])


def dot(a: Point, b: Point) -> float:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def apply(matrix: Matrix, point: Point) -> Point:
    return (dot(matrix[0], point), dot(matrix[1], point), dot(matrix[2], point))


def times(a: Matrix, b: Matrix) -> Matrix:
    columns = list(zip(*b, strict=True))
    first, second, third = ((dot(row, columns[0]), dot(row, columns[1]), dot(row, columns[2])) for row in a)
    return (first, second, third)


def about_x(angle: float) -> Matrix:
    c, s = cos(radians(angle)), sin(radians(angle))
    return ((1.0, 0.0, 0.0), (0.0, c, -s), (0.0, s, c))


def about_y(angle: float) -> Matrix:
    c, s = cos(radians(angle)), sin(radians(angle))
    return ((c, 0.0, s), (0.0, 1.0, 0.0), (-s, 0.0, c))


def about_z(angle: float) -> Matrix:
    c, s = cos(radians(angle)), sin(radians(angle))
    return ((c, -s, 0.0), (s, c, 0.0), (0.0, 0.0, 1.0))
