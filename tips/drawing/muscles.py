"""What is painted on the skin: a muscle that is stretched or works, or a place that may hurt.

Each is a row of balls that swells and thins: bone, place on it, radius; z is meant for the right side. `flank` is both
sides of a trunk, `flank_left` one of them.
"""

from itertools import pairwise

from tips.drawing.body import Part, ball
from tips.drawing.figure import SIDES
from tips.drawing.space import Frame

# With the part of the body that it is painted on.
ROWS: dict[str, tuple[str, str]] = {
    "low-back": ("trunk", "pelvis -9.5 5 3 1, loin -8 4 3 2.4, waist -6.6 3 3 2.4, ribs -7 4 3 1"),
    "upper-back": ("trunk", "ribs -7.4 0 3 1, ribs -7.8 8 3 2.2, breast -7.6 4 3 2.2, nape -4 2 0 1"),
    "belly": ("trunk", "pelvis 8.6 0 3 1, loin 8 2 3 2.2, waist 7.8 4 3 2.2, ribs 8.4 6 3 1"),
    "flank": ("trunk", "pelvis 0 3 14 1, loin 0 5 12.5 2.4, waist 0 6 11.6 2.4, ribs 0 5 13 1"),
    "buttock": ("leg", "pelvis -9.5 6 7 1, pelvis -8.4 -1 7 4, thigh -5.5 -8 0 2.4, thigh -5 -13 0 1"),
    "nape": ("head", "breast -6 5 0 1, nape -4 0 0 2.2, skull -3.5 4 0 2.2, skull -6 9 0 1"),
    "neck-side": ("head", "breast 0 11 11 1, nape 0 0 5 2, skull 0 3 5 1.8, skull -1 7 7 1"),
    "groin": ("leg", "waist 6 -2 6 1, pelvis 7.8 4 7 2.4, thigh 6.2 -6 0 2.4, thigh 4.5 -16 0 1"),
    "thigh-back": ("leg", "thigh -7 -4 0 1, thigh -5 -16 0 2.6, thigh -4.4 -28 0 2.2, thigh -4.4 -39 0 1"),
    "thigh-front": ("leg", "thigh 7 -7 0 1, thigh 5.4 -17 0 2.6, thigh 4.6 -28 0 2.2, thigh 4.8 -38 0 1"),
}


def muscle(name: str, frames: dict[str, Frame]) -> Part:
    """`low-back`, or of one side `thigh-back_left`; KeyError for one that we do not know."""
    kind, _, side = name.partition("_")
    balls = []
    for spec in ROWS[kind][1].split(", "):
        bone, *figures = spec.split()
        x, y, z, radius = map(float, figures)
        balls.append(ball((bone, (x, y, z), radius), frames, SIDES.get(side, 1)))
    return Part(name, tuple(pairwise(balls)))


def painted_on(name: str) -> str:
    """The part of the body: `trunk`, `leg_left`."""
    kind, _, side = name.partition("_")
    part = ROWS[kind][0]
    return part if part in ("trunk", "head") else f"{part}_{side or 'right'}"
