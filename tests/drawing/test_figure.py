"""The figure is a body: it neither stretches nor comes apart, and bends no further than people do."""

from itertools import pairwise
from math import dist

import pytest

from tests.drawing.files import SLUGS, poses
from tests.drawing.human import RANGES
from tips.drawing import body
from tips.drawing.figure import LIMB, SIDES, TRUNK, Pose, skeleton
from tips.drawing.space import ORIGIN, Frame

CHAINS = (
    ("pelvis", "loin", "waist", "ribs", "breast", "nape", "skull"),
    *((f"thigh_{side}", f"shin_{side}", f"foot_{side}") for side in SIDES),
    *((f"upper-arm_{side}", f"forearm_{side}", f"hand_{side}") for side in SIDES),
)

ROOTS = {
    "head": "nape",
    **{f"arm_{side}": f"upper-arm_{side}" for side in SIDES},
    **{f"leg_{side}": f"thigh_{side}" for side in SIDES},
}


def lengths(frames: dict[str, Frame]) -> dict[str, float]:
    """From the beginning of each bone to the beginning of the next."""
    return {
        f"{one} to {next_one}": dist(frames[one].origin, frames[next_one].origin)
        for chain in CHAINS
        for one, next_one in pairwise(chain)
    }


@pytest.mark.parametrize("slug", SLUGS)
def test_no_limb_is_longer_or_shorter_in_any_pose(slug: str) -> None:
    standing = lengths(skeleton(Pose({})))
    for pose in poses(slug):
        assert lengths(skeleton(pose)) == pytest.approx(standing)


@pytest.mark.parametrize("slug", SLUGS)
def test_no_joint_comes_apart_and_both_sides_are_alike(slug: str) -> None:
    for pose in poses(slug):
        frames = skeleton(pose)
        for bone, parent, at, _joint in TRUNK:
            assert frames[bone].origin == pytest.approx(frames[parent].place(at))
        for side, sign in SIDES.items():
            for bone, parent, (x, y, z), _joint in LIMB:
                holder = frames.get(parent) or frames[f"{parent}_{side}"]
                assert frames[f"{bone}_{side}"].origin == pytest.approx(holder.place((x, y, z * sign)))


@pytest.mark.parametrize("slug", SLUGS)
def test_no_joint_bends_further_than_peoples_do(slug: str) -> None:
    beyond = [
        f"{joint} {angle} is not between {least} and {most}"
        for pose in poses(slug)
        for joint, angles in pose.angles.items()
        for angle, (least, most) in zip(angles, RANGES[joint.partition("_")[0]], strict=True)
        if not least <= angle <= most
    ]
    assert beyond == []


@pytest.mark.parametrize("slug", SLUGS)
def test_what_is_fixed_stays_where_it_was_put(slug: str) -> None:
    for pose in poses(slug):
        assert skeleton(pose)[pose.fixed].origin == pytest.approx(pose.at)


@pytest.mark.parametrize("slug", SLUGS)
def test_nobody_sinks_into_the_floor(slug: str) -> None:
    for pose in poses(slug):
        lowest = min(ball.centre[1] - ball.radius for ball in balls(pose))
        assert lowest > -4  # flesh gives way; feet and seats are pressed flat


def balls(pose: Pose) -> list[body.Ball]:
    return [each for part in body.parts(skeleton(pose)) for pair in part.skin for each in pair]


def test_every_part_is_one_piece_and_every_limb_grows_from_the_trunk() -> None:
    frames = skeleton(Pose({}))
    parts = {part.name: part for part in body.parts(frames)}
    for part in parts.values():
        assert len(pieces(part)) == 1, part.name
    trunk = [ball for pair in parts["trunk"].skin for ball in pair]
    for name, bone in ROOTS.items():
        at = frames[bone].origin
        root = next(each for pair in parts[name].skin for each in pair if each.centre == pytest.approx(at))
        assert any(dist(root.centre, ball.centre) < root.radius + ball.radius for ball in trunk), name


def pieces(part: body.Part) -> list[set[body.Ball]]:
    """The balls of a part, put together as skin joins them."""
    found: list[set[body.Ball]] = []
    for pair in part.skin:
        touching = [piece for piece in found if piece & set(pair)]
        found = [piece for piece in found if piece not in touching] + [set(pair).union(*touching)]
    return found


def test_forwards_outwards_and_to_the_left_mean_what_they_say() -> None:
    bent = skeleton(
        Pose({"hip_right": (90, 0, 0), "shoulder_left": (0, 90, 0), "neck": (0, 0, 90), "lumbar": (0, 30, 0)})
    )
    hip, knee = bent["thigh_right"].origin, bent["shin_right"].origin
    assert knee[0] - hip[0] == pytest.approx(43)  # the thigh points forwards
    shoulder, elbow = bent["upper-arm_left"].origin, bent["forearm_left"].origin
    assert elbow[2] < shoulder[2]  # away from the body, to its left
    assert bent["skull"].place((10, 0, 0))[2] < bent["skull"].origin[2]  # the nose turns to the left
    assert bent["breast"].origin[2] > ORIGIN[2]  # the spine leans to the right
