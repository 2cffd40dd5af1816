"""A picture of one movement: the figure at the start and at the end, what it holds on to, and one arrow."""

from dataclasses import dataclass

from tips.drawing import body, props, svg
from tips.drawing.figure import SIDES, Pose, skeleton
from tips.drawing.muscles import muscle, painted_on
from tips.drawing.space import Frame, apply
from tips.drawing.svg import Camera, Disc, Shape

WIDTH = 320  # pixels, as wide as the narrowest phone
FACING = 0.2  # of a nose or an ear that is turned to the reader enough to be seen
AWAY = 0.4  # of a side of the body: as if looked at from 25 degrees off its front, or more


@dataclass(frozen=True)
class Figure:
    """The figure once. `ghost`: in thinner line, without its muscles, behind what follows."""

    pose: Pose
    camera: Camera
    ghost: bool = False
    marked: tuple[str, ...] = ()  # muscles in moss
    sore: tuple[str, ...] = ()  # places that may hurt, in clay
    over: tuple[str, ...] = ()  # parts to be painted last, whatever their depth
    stick: bool = False  # a broom handle along the spine


@dataclass(frozen=True)
class Thing:
    prop: props.Prop
    camera: Camera
    front: bool = False


@dataclass(frozen=True)
class Picture:
    height: int
    figures: tuple[Figure, ...]
    things: tuple[Thing, ...] = ()
    arrow: tuple[tuple[float, float], ...] = ()
    level: tuple[float, ...] = ()  # the same, for a broken line to measure by
    floors: tuple[tuple[float, ...], ...] = ()  # each from x, to x, y


def shapes(picture: Picture) -> list[Shape]:
    found = [Shape("ground", _across(each)) for each in picture.floors]
    found += [each for thing in picture.things if not thing.front for each in _thing(thing)]
    found += [each for figure in picture.figures for each in _figure(figure)]
    found += [each for thing in picture.things if thing.front for each in _thing(thing)]
    found += [Shape("level", _across(picture.level))] if picture.level else []
    return found + (list(svg.arrow(list(picture.arrow))) if picture.arrow else [])


def _across(line: tuple[float, ...]) -> str:
    start, end, y = line
    return svg.polygon([(start, y), (end, y)], closed=False)


def _thing(thing: Thing) -> list[Shape]:
    found = sorted(props.boxes(thing.prop), key=lambda each: props.depth(each, thing.camera))
    return [Shape("prop", "".join(props.faces(each, thing.camera) for each in found))]


def _figure(figure: Figure) -> list[Shape]:
    frames = skeleton(figure.pose)
    found = sorted(body.parts(frames), key=lambda part: (part.name in figure.over, _depth(part, figure.camera)))
    if figure.stick:
        found.insert(len(found) - 1, body.stick(frames))  # all but the nearest arm hold on behind it
    return [shape for part in found for shape in _part(part, figure, frames)]


def _part(part: body.Part, figure: Figure, frames: dict[str, Frame]) -> list[Shape]:
    kind = "ghost" if figure.ghost else "far" if _far(part, figure.camera, frames) else "limb"
    found = [Shape(kind, svg.skin(_seen(part.skin, figure.camera)))]
    if part.seam and kind != "far":
        found.append(Shape("seam" if kind == "limb" else "ghost-seam", svg.skin(_seen(part.seam, figure.camera))))
    if part.name == "head" and not figure.ghost:
        found += _features(figure.camera, frames)
    return found + _marked(part, figure, frames)


def _far(part: body.Part, camera: Camera, frames: dict[str, Frame]) -> bool:
    """Whether it is a limb of the side that is turned away from the reader."""
    side = part.name.rpartition("_")[2]
    return side in SIDES and camera.depth(apply(frames["pelvis"].turned, (0, 0, SIDES[side]))) < -AWAY


def _features(camera: Camera, frames: dict[str, Frame]) -> list[Shape]:
    found = []
    for way, points in body.marks(frames):
        if camera.depth(way) > FACING:
            seen = [camera.point(each) for each in points]
            found.append(Shape("mark", svg.polygon([(each.x, each.y) for each in seen], closed=False)))
    return found


def _marked(part: body.Part, figure: Figure, frames: dict[str, Frame]) -> list[Shape]:
    named = [("muscle", name) for name in figure.marked] + [("sore", name) for name in figure.sore]
    here = [(kind, name) for kind, name in named if painted_on(name) == part.name]
    return [Shape(kind, svg.skin(_seen(muscle(name, frames).skin, figure.camera))) for kind, name in here]


def _seen(pairs: tuple[tuple[body.Ball, body.Ball], ...], camera: Camera) -> list[tuple[Disc, Disc]]:
    return [(camera.see(a), camera.see(b)) for a, b in pairs]


def _depth(part: body.Part, camera: Camera) -> float:
    depths = [camera.see(each).depth for pair in part.skin for each in pair]
    return sum(depths) / len(depths)
