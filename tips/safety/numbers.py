"""Whom to call, by country, from `content/helplines.toml`; and the numbers put into the words of a flag."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings

ELSEWHERE = "EU"
NO_URGENT_LINE = "an out-of-hours doctor service"
NO_CRISIS_LINE = "call someone you trust, or your doctor"


@dataclass(frozen=True)
class Number:
    number: str
    label: str


@dataclass(frozen=True)
class Line:
    """Somebody to talk to. `how` says what to do; number and url may be empty."""

    name: str
    how: str
    number: str = ""
    url: str = ""

    def __str__(self) -> str:
        how = self.how[:1].lower() + self.how[1:]
        told = self.number in f"{self.name} {how}"
        return f"{self.name}: {how}" if told else f"{self.name} on {self.number}: {how}"


@dataclass(frozen=True)
class Helplines:
    """Of one country, by its name. `urgent` is None and `crisis` empty where we hold no number."""

    country: str
    name: str
    emergency: Number
    urgent: Number | None
    crisis: tuple[Line, ...]
    last_checked: str

    def __str__(self) -> str:
        return self.name


@cache
def countries() -> Mapping[str, Helplines]:
    """By two-letter code; EU stands for the rest of the European Union."""
    with (settings.CONTENT_DIR / "helplines.toml").open("rb") as file:
        return {code: _helplines(code, entry) for code, entry in tomllib.load(file).items()}


def helplines(country: str) -> Helplines:
    """Those of the country; of the European Union where we hold none."""
    return countries().get(country.upper()) or countries()[ELSEWHERE]


def fill(text: str, lines: Helplines) -> str:
    """`text` with {emergency}, {advice} and {crisis} as this country says them; other braces stay."""
    filled = text.replace("{emergency}", lines.emergency.label.removeprefix("Call "))
    filled = filled.replace("{advice}", _named(lines.urgent) if lines.urgent else NO_URGENT_LINE)
    return filled.replace("{crisis}", "; ".join(map(str, lines.crisis)) or NO_CRISIS_LINE)


def _named(urgent: Number) -> str:
    return urgent.label if urgent.number in urgent.label else f"{urgent.label} on {urgent.number}"


def _helplines(code: str, entry: Mapping[str, Any]) -> Helplines:
    return Helplines(
        country=code,
        name=entry["name"],
        emergency=Number(**entry["emergency"]),
        urgent=Number(**entry["urgent"]) if "urgent" in entry else None,
        crisis=tuple(Line(**line) for line in entry["crisis"]),
        last_checked=entry["last_checked"],
    )
