"""The clinical sources that articles and exercises lean on, from `content/sources.toml`."""

import functools
import tomllib
from pathlib import Path
from typing import NamedTuple

from django.conf import settings


class Source(NamedTuple):
    key: str
    title: str
    authors: str
    year: int | None
    url: str
    kind: str
    strength: str  # how sure this makes us, in plain words


@functools.cache
def _all() -> dict[str, Source]:
    data = tomllib.loads((Path(settings.CONTENT_DIR) / "sources.toml").read_text("utf-8"))
    return {
        key: Source(
            key, row["title"], row.get("authors", ""), row.get("year"), row.get("url", ""), row["kind"], row["strength"]
        )
        for key, row in data.items()
    }


def named(keys: list[str]) -> tuple[Source, ...]:
    return tuple(_all()[key] for key in keys if key in _all())
