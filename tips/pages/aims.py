"""What exercises are for, from `content/aims.toml`: how the list of all of them is grouped."""

import functools
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from tips.pages.models import Page


@dataclass(frozen=True)
class Aim:
    slug: str
    name: str
    line: str = ""
    exercises: tuple[str, ...] = ()  # slugs, gentlest first


ALL = Aim("all", "Exercises")
OTHERS = Aim("others", "More exercises")  # the owner's own, which no file names


@functools.cache
def aims() -> tuple[Aim, ...]:
    data = tomllib.loads((Path(settings.CONTENT_DIR) / "aims.toml").read_text("utf-8"))
    return tuple(Aim(row["slug"], row["name"], row["line"], tuple(row["exercises"])) for row in data["aim"])


def by_aim(pages: Sequence[Page]) -> list[tuple[Aim, list[Page]]]:
    """Every page once; an aim without a page is left out."""
    left = {page.slug: page for page in pages}
    groups = [(aim, [left.pop(slug) for slug in aim.exercises if slug in left]) for aim in aims()]
    groups.append((OTHERS, list(left.values())))
    return [(aim, found) for aim, found in groups if found]
