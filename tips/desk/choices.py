"""Countries and time zones to choose from."""

import functools
import tomllib
import zoneinfo
from pathlib import Path

from django.conf import settings

Choices = list[tuple[str, str]]


@functools.cache
def countries() -> Choices:
    """Those whose emergency numbers we hold."""
    data = tomllib.loads((Path(settings.CONTENT_DIR) / "helplines.toml").read_text("utf-8"))
    return [(code, row["name"]) for code, row in data.items()]


@functools.cache
def time_zones() -> Choices:
    """Places, not the historical short names beside them."""
    places = sorted(name for name in zoneinfo.available_timezones() if "/" in name and not name.startswith("Etc/"))
    return [(name, name.replace("_", " ")) for name in ["UTC", *places]]
