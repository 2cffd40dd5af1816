"""The twelve areas of the body that pages are about, from `content/areas.toml`."""

import functools
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings


@dataclass(frozen=True)
class Part:
    """A part of an article that is about one area."""

    words: str
    address: str


@dataclass(frozen=True)
class Area:
    slug: str
    name: str
    hint: str
    exercises: tuple[str, ...]  # slugs, gentlest first
    articles: tuple[str, ...]
    parts: tuple[Part, ...]


@functools.cache
def areas() -> tuple[Area, ...]:
    data = tomllib.loads((Path(settings.CONTENT_DIR) / "areas.toml").read_text("utf-8"))
    return tuple(_area(row) for row in data["area"])


def _area(row: dict[str, Any]) -> Area:
    return Area(
        slug=row["slug"],
        name=row["name"],
        hint=row.get("hint", ""),
        exercises=tuple(row["exercises"]),
        articles=tuple(row["articles"]),
        parts=tuple(Part(**each) for each in row.get("parts", ())),
    )


def area(slug: str) -> Area | None:
    return next((each for each in areas() if each.slug == slug), None)


def named(slugs: list[str]) -> list[Area]:
    """The areas of these slugs, in the order of the body; unknown ones are left out."""
    return [each for each in areas() if each.slug in slugs]
