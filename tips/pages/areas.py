"""The twelve areas of the body that pages are about, from `content/areas.toml`."""

import functools
import tomllib
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True)
class Area:
    slug: str
    name: str
    hint: str
    exercises: tuple[str, ...]  # slugs, gentlest first
    articles: tuple[str, ...]


@functools.cache
def areas() -> tuple[Area, ...]:
    data = tomllib.loads((Path(settings.CONTENT_DIR) / "areas.toml").read_text("utf-8"))
    return tuple(
        Area(row["slug"], row["name"], row.get("hint", ""), tuple(row["exercises"]), tuple(row["articles"]))
        for row in data["area"]
    )


def area(slug: str) -> Area | None:
    return next((each for each in areas() if each.slug == slug), None)


def named(slugs: list[str]) -> list[Area]:
    """The areas of these slugs, in the order of the body; unknown ones are left out."""
    return [each for each in areas() if each.slug in slugs]
