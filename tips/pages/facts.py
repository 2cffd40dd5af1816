"""What a page carries besides its text, as stored in `Page.facts`, kind by kind."""

from dataclasses import dataclass, field, fields
from typing import Any, TypeVar


@dataclass(frozen=True)
class Invitation:
    """How a page asks its readers to write. kind: one of the visitors' kinds, or empty; about: slugs."""

    words: str
    button: str
    kind: str
    about: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Inviting:
    """An invitation in the owner's own words. Without words there is none, whatever else is filled in."""

    invitation: str = ""
    invitation_button: str = ""
    invitation_kind: str = ""
    invitation_about: list[str] = field(default_factory=list)

    @property
    def invites(self) -> Invitation | None:
        if not self.invitation:
            return None
        return Invitation(self.invitation, self.invitation_button, self.invitation_kind, tuple(self.invitation_about))


@dataclass(frozen=True)
class ArticleFacts(Inviting):
    exercises: list[str] = field(default_factory=list)  # slugs
    checks: list[str] = field(default_factory=list)
    related: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)  # keys of sources.toml
    cards: list[str] = field(default_factory=list)  # slugs of warning signs, two at most


@dataclass(frozen=True)
class InfoFacts(Inviting):
    """A page about the site invites nobody unless its owner says so."""


ASK_FIRST = "Ask a GP or physio first if "  # how many lines of `not_for` begin


@dataclass(frozen=True)
class ExerciseFacts(Inviting):
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

    @property
    def ask_first(self) -> list[str]:
        """What should be asked about first, as ends of that one sentence: nobody reads it six times."""
        return [line.removeprefix(ASK_FIRST).rstrip(".") for line in self.not_for if line.startswith(ASK_FIRST)]

    @property
    def not_for_you(self) -> list[str]:
        """The lines of `not_for` that are sentences of their own."""
        return [line for line in self.not_for if not line.startswith(ASK_FIRST)]


@dataclass(frozen=True)
class VisitorFacts:
    """What a visitor answered besides the story: codes of `outcomes/choices.py`, or their own words."""

    side: str = ""
    triggers: list[str] = field(default_factory=list)
    helped_by: list[str] = field(default_factory=list)
    duration: str = ""  # questions, as the rest up to `tried`; an experience keeps its own in its Outcome
    better: str = ""
    worse: str = ""
    pain_now: int | None = None
    tried: list[str] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)  # tips, as what follows
    frequency: str = ""
    caution: str = ""


F = TypeVar("F", ArticleFacts, ExerciseFacts, InfoFacts, VisitorFacts)


def read(kind: type[F], stored: dict[str, Any]) -> F:
    """Unknown keys are left out, so that a page stored by an older release still reads."""
    known = {each.name for each in fields(kind)}
    return kind(**{name: value for name, value in stored.items() if name in known})
