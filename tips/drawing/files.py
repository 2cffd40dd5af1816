"""A drawing's file (`content/drawings/<slug>.toml`) to its picture."""

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.conf import settings

from tips.drawing.figure import LIMBS, NEUTRAL, SIDES, SPINE, Angles, Pose
from tips.drawing.picture import WIDTH, Figure, Picture, Thing, shapes
from tips.drawing.props import Prop
from tips.drawing.svg import Camera, Shape


@dataclass(frozen=True)
class Drawing:
    """What a page prints. `alt` says the whole in words, `caption` start and end."""

    slug: str
    alt: str
    caption: str
    width: int
    height: int
    shapes: tuple[Shape, ...]


def drawing_of(slug: str) -> Drawing | None:
    """Of an exercise; None where it has none that is ready to be shown."""
    return drawing(Path(settings.CONTENT_DIR) / "drawings", slug)


@functools.cache
def drawing(folder: Path, slug: str) -> Drawing | None:
    """From `<folder>/<slug>.toml`, read once per process; None where there is none, or one without `ship = true`."""
    path = folder / f"{slug}.toml"
    data = tomllib.loads(path.read_text("utf-8")) if path.is_file() else {}
    return drawn(slug, data) if data.get("ship") else None


def drawn(slug: str, data: Mapping[str, Any]) -> Drawing:
    found = picture(data)
    return Drawing(slug, data["alt"], data["caption"], WIDTH, found.height, tuple(shapes(found)))


def picture(data: Mapping[str, Any]) -> Picture:
    """`[start]` and `[end]` are poses; `end` names only what is different. `end_at` puts it beside the start."""
    here = _camera(data, "at")
    there = _camera(data, "end_at" if "end_at" in data else "at")
    figures = [] if data.get("alone") else [_start(data, here)]
    figures.append(_figure(data, data["start"] | data.get("end", {}), there))
    if "helper" in data:
        figures.append(Figure(pose(data["helper"]), _camera(data, "helper_at"), over=("arm_right",)))
    return Picture(
        data["height"],
        tuple(figures),
        _things(data, tuple(dict.fromkeys((here, there)))),
        tuple(_pair(each) for each in data.get("arrow", ())),
        tuple(data.get("level", ())),
        tuple(tuple(each) for each in data.get("floors", ())),
    )


def _camera(data: Mapping[str, Any], place: str) -> Camera:
    return Camera(data.get("turn", 0.0), data.get("tilt", 0.0), data["scale"], _pair(data[place]))


def _start(data: Mapping[str, Any], camera: Camera) -> Figure:
    marked = {"muscles": (), "sore": data.get("start_sore", ())}
    return replace(_figure({**data, **marked}, data["start"], camera), ghost=data.get("ghost", "end_at" not in data))


def _figure(data: Mapping[str, Any], posed: Mapping[str, Any], camera: Camera) -> Figure:
    muscles, sore, over = (tuple(data.get(key, ())) for key in ("muscles", "sore", "over"))
    return Figure(pose(posed), camera, False, muscles, sore, over, data.get("stick", False))


def pose(data: Mapping[str, Any]) -> Pose:
    angles = {joint: _angles(data[joint]) for joint in SPINE if joint in data}
    for joint in LIMBS:
        for side in SIDES:
            angles[f"{joint}_{side}"] = _angles(data.get(f"{joint}_{side}", data.get(joint, NEUTRAL)))
    fixed = data.get("fixed", "foot_right")
    x, y, z = data.get("at", (0.0, 8.0, 0.0))
    return Pose(angles, _angles(data.get("body", NEUTRAL)), fixed, (x, y, z))


def _things(data: Mapping[str, Any], cameras: tuple[Camera, ...]) -> tuple[Thing, ...]:
    rows = data.get("props", ())
    return tuple(Thing(_prop(row), each, row.get("front", False)) for row in rows for each in cameras)


def _prop(row: Mapping[str, Any]) -> Prop:
    x, y, z = row.get("at", (0.0, 0.0, 0.0))
    return Prop(row["kind"], (x, y, z), tuple(row.get("size", ())))


def _angles(value: float | list[float] | Angles) -> Angles:
    """A single number is a bend forwards."""
    one, two, three = (value, 0.0, 0.0) if isinstance(value, int | float) else value
    return (float(one), float(two), float(three))


def _pair(value: list[float]) -> tuple[float, float]:
    x, y = value
    return (float(x), float(y))
