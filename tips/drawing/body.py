"""The figure's flesh: every part is a row of balls with skin drawn tight over each two of them.

A ball is (bone, place in that bone's frame, radius); z is meant for the right side and mirrored for the left.
"""

from dataclasses import dataclass
from itertools import pairwise

from tips.drawing.figure import SIDES
from tips.drawing.space import Frame, Point, apply


@dataclass(frozen=True)
class Ball:
    centre: Point
    radius: float


@dataclass(frozen=True)
class Part:
    """Pairs of balls that skin joins, and those that hide the seam to the part it grows from."""

    name: str
    skin: tuple[tuple[Ball, Ball], ...]
    seam: tuple[tuple[Ball, Ball], ...] = ()


Spec = tuple[str, Point, float]

LEG: dict[str, Spec] = {
    "hip": ("thigh", (0, 0, 0), 8),
    "knee": ("shin", (0, 0, 0), 5.9),
    "calf": ("shin", (-1.6, -12, 0), 5.7),
    "ankle": ("foot", (0, 0, 0), 3.7),
    "heel": ("foot", (-4, -4.6, 0), 3.2),
    "ball": ("foot", (11, -5.4, 0.6), 2.8),
    "toes": ("foot", (17, -6, 0.6), 2.0),
}
LEG_SKIN = "hip-knee knee-calf calf-ankle ankle-heel ankle-ball heel-ball ball-toes"
LEG_SEAM: tuple[Spec, Spec] = (("thigh", (0, 0, -2.8), 10.4), ("pelvis", (0, 3, 6), 9.4))

ARM: dict[str, Spec] = {
    "shoulder": ("upper-arm", (0, 0, 0), 5.2),
    "elbow": ("forearm", (0, 0, 0), 4.3),
    "muscle": ("forearm", (0, -7, 0), 4.2),
    "wrist": ("hand", (0, 0, 0), 2.9),
    "palm": ("hand", (0, -6, 0), 3.6),
    "fingers": ("hand", (0.8, -14, 0), 2.1),
    "thumb": ("hand", (4.6, -8.5, 0), 1.5),
}
ARM_SKIN = "shoulder-elbow elbow-muscle muscle-wrist wrist-palm palm-fingers wrist-thumb"
ARM_SEAM: tuple[Spec, Spec] = (("upper-arm", (0, 0, 0), 5.5), ("breast", (0, 7, 9), 8.2))

TRUNK: dict[str, Spec] = {
    "seat": ("pelvis", (-3.5, -2, 6.5), 9.6),
    "hip": ("pelvis", (0, 0, 7), 10.4),
    "loin": ("loin", (0, 0, 6), 10),
    "waist": ("waist", (0.5, 0, 4.6), 9),
    "ribs": ("ribs", (1, 0, 6), 9.8),
    "breast": ("breast", (1, 0, 7.5), 10.4),
    "top": ("breast", (0, 6, 9), 8),
    "shoulder": ("breast", (0, 8, 17), 5.6),
    "root": ("breast", (-1, 11, 0), 6),
}
TRUNK_SKIN = (
    "seat-hip seat-loin hip-loin loin-waist waist-ribs ribs-breast breast-top top-shoulder breast-shoulder root-top"
    " root-shoulder"
)

EAR: tuple[Point, ...] = ((1.2, 8, 9), (-0.4, 9.6, 9.6), (-1.8, 8, 10), (-0.8, 5, 9.4), (0.6, 4.6, 9))
HEAD: dict[str, Spec] = {
    "neck": ("nape", (0, 0, 0), 5.2),
    "jaw": ("skull", (0.5, 2, 0), 5.2),
    "skull": ("skull", (0.5, 10.5, 0), 9.6),
    "chin": ("skull", (6, 1.8, 0), 4.2),
    "brow": ("skull", (3.2, 8, 0), 7.4),
    "nose": ("skull", (11.2, 6, 0), 1.3),
}
HEAD_SKIN = "neck-jaw jaw-skull skull-chin skull-brow brow-nose chin-jaw"
# Thin lines that say which way a head is turned: (the way they face, points), on the skull.
MARKS: tuple[tuple[Point, tuple[Point, ...]], ...] = (
    ((1, 0, 0), ((10.4, 9.5, 0), (12.4, 5.4, 0), (10.6, 4.6, 0))),
    ((0, 0, 1), EAR),
    ((0, 0, -1), tuple((x, y, -z) for x, y, z in EAR)),
)
HEAD_SEAM: tuple[Spec, Spec] = (("nape", (0, 1, 0), 5.1), ("breast", (-0.5, 9, 0), 6.8))


def parts(frames: dict[str, Frame]) -> list[Part]:
    """All of a figure, in no order."""
    found = [
        _part("trunk", frames, _both(TRUNK), _trunk_pairs()),
        _part("head", frames, HEAD, _pairs(HEAD_SKIN), HEAD_SEAM),
    ]
    for side, sign in SIDES.items():
        found += [
            _part(f"leg_{side}", frames, LEG, _pairs(LEG_SKIN), LEG_SEAM, sign),
            _part(f"arm_{side}", frames, ARM, _pairs(ARM_SKIN), ARM_SEAM, sign),
        ]
    return found


def marks(frames: dict[str, Frame]) -> list[tuple[Point, list[Point]]]:
    """Nose and ears: the way each faces, and its points."""
    skull = frames["skull"]
    return [(apply(skull.turned, way), [skull.place(each) for each in points]) for way, points in MARKS]


def stick(frames: dict[str, Frame]) -> Part:
    """A broom handle along the spine, from over the head to the bone above the tailbone."""
    ends = ball(("ribs", (-14, 62, 0), 1.2), frames), ball(("ribs", (-14, -46, 0), 1.2), frames)
    return Part("stick", (ends,))


def ball(spec: Spec, frames: dict[str, Frame], sign: int = 1) -> Ball:
    bone, (x, y, z), radius = spec
    frame = frames.get(bone) or frames[f"{bone}_{'right' if sign == 1 else 'left'}"]
    return Ball(frame.place((x, y, z * sign)), radius)


def _part(
    name: str,
    frames: dict[str, Frame],
    specs: dict[str, Spec],
    pairs: list[list[str]],
    seam: tuple[Spec, ...] = (),
    sign: int = 1,
) -> Part:
    balls = {each: ball(spec, frames, sign) for each, spec in specs.items()}
    hidden = [ball(spec, frames, sign) for spec in seam]
    return Part(name, tuple((balls[a], balls[b]) for a, b in pairs), tuple(pairwise(hidden)))


def _pairs(words: str) -> list[list[str]]:
    return [word.split("-") for word in words.split()]


def _both(specs: dict[str, Spec]) -> dict[str, Spec]:
    mirrored = {f"{name}'": (bone, (x, y, -z), radius) for name, (bone, (x, y, z), radius) in specs.items()}
    return specs | mirrored


def _trunk_pairs() -> list[list[str]]:
    """One side, the other, and across."""
    one = _pairs(TRUNK_SKIN)
    return one + [[f"{a}'", f"{b}'"] for a, b in one] + [[name, f"{name}'"] for name in TRUNK]
