"""The figure: its bones, and where they are when its joints are bent.

Angles are anatomical, in degrees, 0 for somebody who stands upright with hanging arms. Each is a triple:
forwards (flexion), sideways (to the right for the spine, away from the body for limbs), and turned (to the left for
the spine, outwards for limbs). A person of 1.73 metres.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from tips.drawing.space import ORIGIN, STRAIGHT, Frame, Matrix, Point, about_x, about_y, about_z, add, minus, times

Angles = tuple[float, float, float]

NEUTRAL: Angles = (0.0, 0.0, 0.0)
SIDES = {"right": 1, "left": -1}
SPINE = ("lumbar", "chest", "neck", "head")
LIMBS = ("hip", "knee", "ankle", "shoulder", "elbow", "wrist")

# A bone: the bone it hangs on, where on that one, and by which joint. Lengths in centimetres.
TRUNK: tuple[tuple[str, str, Point, str], ...] = (
    ("loin", "pelvis", (0, 7, 0), "lumbar"),
    ("waist", "loin", (0, 9, 0), "lumbar"),
    ("ribs", "waist", (0, 10, 0), "chest"),
    ("breast", "ribs", (0, 12, 0), "chest"),
    ("nape", "breast", (-1, 12, 0), "neck"),
    ("skull", "nape", (0, 9, 0), "head"),
)
# The same for a limb of the right side.
LIMB: tuple[tuple[str, str, Point, str], ...] = (
    ("thigh", "pelvis", (0, 0, 8.5), "hip"),
    ("shin", "thigh", (0, -43, 0), "knee"),
    ("foot", "shin", (0, -41, 0), "ankle"),
    ("upper-arm", "breast", (0, 8, 17), "shoulder"),
    ("forearm", "upper-arm", (0, -29, 0), "elbow"),
    ("hand", "forearm", (0, -25, 0), "wrist"),
)
HALVED = ("lumbar", "chest")  # two joints share the bend, so that the back is round


@dataclass(frozen=True)
class Pose:
    """Angles by joint (`lumbar`, `hip_left`, …), the whole body's own turn, and the bone that stays where it is."""

    angles: Mapping[str, Angles]
    body: Angles = NEUTRAL
    fixed: str = "foot_right"
    at: Point = (0.0, 8.0, 0.0)


def skeleton(pose: Pose) -> dict[str, Frame]:
    """Every bone's frame, by its name: `pelvis`, `skull`, `thigh_left`, …"""
    frames = {"pelvis": Frame(ORIGIN, _spine_turn(pose.body))}
    for bone, parent, at, joint in TRUNK:
        share = 0.5 if joint in HALVED else 1.0
        frames[bone] = frames[parent].bend(at, _spine_turn(pose.angles.get(joint, NEUTRAL), share))
    for side, sign in SIDES.items():
        for bone, parent, (x, y, z), joint in LIMB:
            holder = frames.get(f"{parent}_{side}") or frames[parent]
            turn = _limb_turn(joint, pose.angles.get(f"{joint}_{side}", NEUTRAL), sign)
            frames[f"{bone}_{side}"] = holder.bend((x, y, z * sign), turn)
    return _moved(frames, minus(pose.at, frames[pose.fixed].origin))


def _moved(frames: dict[str, Frame], by: Point) -> dict[str, Frame]:
    return {name: Frame(add(frame.origin, by), frame.turned) for name, frame in frames.items()}


def _spine_turn(angles: Angles, share: float = 1.0) -> Matrix:
    forwards, right, left = (each * share for each in angles)
    return times(about_y(left), times(about_z(-forwards), about_x(right)))


def _limb_turn(joint: str, angles: Angles, sign: int) -> Matrix:
    forwards, outwards, turned = angles
    bent = about_z(-forwards if joint == "knee" else forwards)
    return times(bent, times(about_x(-outwards * sign), about_y(-turned * sign))) if angles != NEUTRAL else STRAIGHT
