"""The drawings as they are kept, for the tests."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings

from tips.drawing.figure import Pose
from tips.drawing.files import picture, pose

FOLDER = Path(settings.CONTENT_DIR) / "drawings"
SLUGS = sorted(path.stem for path in FOLDER.glob("*.toml"))


def data(slug: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{slug}.toml").read_text("utf-8"))


def poses(slug: str) -> Iterator[Pose]:
    for figure in picture(data(slug)).figures:
        yield figure.pose
    yield pose(data(slug)["start"])
