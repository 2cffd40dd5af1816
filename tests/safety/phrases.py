"""The lists of wording beside this file, as pairs and lists."""

import tomllib
from pathlib import Path
from typing import Any

from tips.safety.find import Finding

HERE = Path(__file__).parent


def fixtures(*kinds: str) -> list[tuple[str, str]]:
    """(slug, line) of fixtures.toml for the kinds fires, typos or quiet_or_none."""
    return [(slug, line) for slug, entry in _read("fixtures.toml").items() for kind in kinds for line in entry[kind]]


def real(name: str) -> list[tuple[str, str]]:
    """(slug, line) of what should be noticed."""
    return [(slug, line) for slug, lines in _read(name)["real"].items() for line in lines]


def harmless(name: str) -> list[str]:
    return list(_read(name)["harmless"]["phrases"])


def alarms(finding: Finding) -> set[str]:
    """Slugs of flags above "quiet"."""
    return {match.flag.slug for match in finding.matches if match.level != "quiet"}


def _read(name: str) -> dict[str, Any]:
    with (HERE / name).open("rb") as file:
        return tomllib.load(file)
