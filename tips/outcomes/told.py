"""What a visitor answered besides the story, as short lines to print beside it."""

from dataclasses import dataclass

from tips.outcomes import choices
from tips.outcomes.sentence import listed, things_tried
from tips.pages.facts import VisitorFacts


@dataclass(frozen=True)
class Line:
    """`steps` are printed as a numbered list instead of `value`."""

    label: str
    value: str = ""
    steps: tuple[str, ...] = ()


def told(facts: VisitorFacts) -> list[Line]:
    """Only what was answered, in the order of the form."""
    lines = [
        Line("What to do", steps=tuple(facts.steps)),
        Line("How often", choices.label(choices.FREQUENCY, facts.frequency)),
        Line("Take care", facts.caution),
        Line("How long", choices.label(choices.DURATION, facts.duration)),
        Line("Pain now, out of ten", "" if facts.pain_now is None else str(facts.pain_now)),
        Line("Better with", facts.better),
        Line("Worse with", facts.worse),
        Line("Tried already", listed(things_tried(facts.tried)).capitalize()),
        Line("Side", choices.label(choices.SIDE, facts.side)),
        Line("What brought it on", _labels(choices.TRIGGERS, facts.triggers)),
        Line("What helped", _labels(choices.HELPED_BY, facts.helped_by)),
    ]
    return [line for line in lines if line.value or line.steps]


def _labels(known: tuple[choices.Choice, ...], codes: list[str]) -> str:
    return listed([label for code in codes if (label := choices.label(known, code))])
