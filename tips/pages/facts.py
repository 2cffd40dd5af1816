"""What an article or an exercise carries besides its text, as stored in `Page.facts`."""

from dataclasses import dataclass, field, fields
from typing import Any, TypeVar


@dataclass(frozen=True)
class ArticleFacts:
    exercises: list[str] = field(default_factory=list)  # slugs
    checks: list[str] = field(default_factory=list)
    related: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)  # keys of sources.toml
    invitation: str = ""


@dataclass(frozen=True)
class ExerciseFacts:
    code: str = ""
    muscles: list[str] = field(default_factory=list)
    position: str = ""
    equipment: str = ""
    steps: list[str] = field(default_factory=list)
    hold: str = ""
    repeat: str = ""
    feel: str = ""
    not_for: list[str] = field(default_factory=list)
    stop_if: list[str] = field(default_factory=list)
    evidence: str = ""
    sources: list[str] = field(default_factory=list)
    related: list[str] = field(default_factory=list)
    invitation: str = ""


F = TypeVar("F", ArticleFacts, ExerciseFacts)


def read(kind: type[F], stored: dict[str, Any]) -> F:
    """Unknown keys are left out, so that a page stored by an older release still reads."""
    known = {each.name for each in fields(kind)}
    return kind(**{name: value for name, value in stored.items() if name in known})
