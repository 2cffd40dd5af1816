"""What somebody tried and how it went, as one honest sentence in their own terms."""

from tips.outcomes import choices
from tips.outcomes.models import Outcome
from tips.pages.models import Page


def outcome_sentence(outcome: Outcome) -> str:
    """Only what was answered; empty when nothing was."""
    parts = [_tried(outcome), _pain(outcome), _since(outcome)]
    return " ".join(part for part in parts if part)


def _tried(outcome: Outcome) -> str:
    if not outcome.tried:
        return ""
    labels = dict(choices.OTHER_THINGS_TRIED)
    titles = dict(Page.objects.published().filter(slug__in=outcome.tried).values_list("slug", "title"))
    named = [(titles.get(code) or labels.get(code) or "").lower() for code in outcome.tried]
    said = f"Tried {_listed([name for name in named if name])}"
    how_long = choices.label(choices.DURATION, outcome.duration).lower()
    return f"{said}, for pain that had lasted {how_long}." if how_long else f"{said}."


def _pain(outcome: Outcome) -> str:
    if outcome.pain_before is None or outcome.pain_after is None:
        return ""
    when = choices.label(choices.AFTER_HOW_LONG, outcome.after_how_long).lower()
    return f"Pain out of ten: {outcome.pain_before} before, {outcome.pain_after} after{f' ({when})' if when else ''}."


def _since(outcome: Outcome) -> str:
    change = choices.label(choices.CHANGE, outcome.change).lower()
    again = choices.label(choices.AGAIN, outcome.again).lower()
    said = [f"overall {change}" if change else "", f"would do it again: {again}" if again else ""]
    text = "; ".join(part for part in said if part)
    return f"{text[0].upper()}{text[1:]}." if text else ""


def _listed(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
