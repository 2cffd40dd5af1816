"""The red flags as the owner reads them: one entry each in `content/flags.toml`, and the words the rules share."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal

from django.conf import settings

Urgency = Literal["E", "S", "G"]  # an emergency, the same day, an appointment within days
Level = Literal["E", "S", "G", "quiet"]
RAISED = "+E"


@dataclass(frozen=True)
class Flag:
    """One warning sign. `action`, `signs` and `advice` hold {emergency}, {advice} and {crisis}: see `numbers.fill`."""

    code: str
    slug: str
    level: Urgency
    name: str
    action: str
    signs: tuple[str, ...]
    advice: tuple[str, ...]
    sources: tuple[str, ...]
    patterns: tuple[str, ...]
    quiet: tuple[str, ...] = ()
    raises: tuple[str, ...] = ()
    raised_action: str = ""
    raised_signs: tuple[str, ...] = ()
    raised_advice: tuple[str, ...] = ()
    past_counts: bool = False  # what was years ago still matters: a cancer, steroids
    denial_is_quiet: bool = False  # "no thoughts of…" still shows the link

    def raised(self) -> "Flag":
        """The flag as it reads where worse words stand beside it: an emergency."""
        if self.level == "E":
            return self
        return replace(self, level="E", action=self.raised_action, signs=self.raised_signs, advice=self.raised_advice)

    @property
    def mark(self) -> str:
        """How a flag is stored: its slug, and "+E" where it was raised to an emergency."""
        return self.slug if self == flag(self.slug) else f"{self.slug}{RAISED}"


@dataclass(frozen=True)
class Rules:
    """All of `flags.toml`. `groups` are word lists that phrases name in braces; `typos` maps wrong to right words."""

    version: str
    flags: tuple[Flag, ...]
    groups: Mapping[str, tuple[str, ...]]
    typos: Mapping[str, str]
    fuzzy: frozenset[str]
    extra: tuple[str, ...]


def flags() -> tuple[Flag, ...]:
    """Every flag, in the order of the file."""
    return rules().flags


def flag(slug: str) -> Flag:
    """The flag of that slug; KeyError when there is none."""
    return _by_slug()[slug]


def marked(mark: str) -> Flag | None:
    """The flag that was stored as `mark`; None for one that has left the rules since."""
    found = _by_slug().get(mark.removesuffix(RAISED))
    return found.raised() if found and mark.endswith(RAISED) else found


@cache
def rules() -> Rules:
    data = _read("flags.toml")
    entries = data["flag"]
    typos = {wrong: right for entry in entries for wrong, right in entry.get("typos", {}).items()}
    return Rules(
        version=data["version"],
        flags=tuple(_flag(entry) for entry in entries),
        groups={name: tuple(phrases) for name, phrases in data["words"].items()},
        typos=_read("spelling.toml")["always"] | typos,
        fuzzy=frozenset(data["fuzzy"]),
        extra=tuple(data["extra"]["lines"]),
    )


@cache
def _by_slug() -> dict[str, Flag]:
    return {entry.slug: entry for entry in flags()}


def _flag(entry: Mapping[str, Any]) -> Flag:
    fields: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()}
    fields.pop("typos", None)
    return Flag(**fields)


def _read(name: str) -> dict[str, Any]:
    with (settings.CONTENT_DIR / name).open("rb") as file:
        return tomllib.load(file)
