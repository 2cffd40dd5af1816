"""What somebody tried and how it went, as a few honest sentences in their own terms."""

from collections.abc import Iterable

from tips.outcomes import choices
from tips.outcomes.models import Outcome
from tips.pages.titles import titles


def outcome_sentence(outcome: Outcome) -> str:
    """Only what was answered; empty when nothing was."""
    parts = [_tried(outcome), _besides(outcome), _pain(outcome), _activity(outcome), _since(outcome)]
    return " ".join(part for part in (*parts, *_afterwards(outcome)) if part)


def things_tried(codes: Iterable[str], *, other: str = "") -> list[str]:
    """What was tried, in words: the titles of exercises, and the rest of the list."""
    codes = list(codes)
    labels = dict(choices.OTHER_THINGS_TRIED)
    known = titles() if codes else {}
    named = [(known.get(code) or labels.get(code) or "").lower() for code in codes]
    if other:
        named = [name for name, code in zip(named, codes, strict=True) if code != "other"] + [other]
    return [name for name in named if name]


def _tried(outcome: Outcome) -> str:
    named = things_tried(outcome.tried, other=outcome.tried_other)
    how_long = choices.label(choices.DURATION, outcome.duration).lower()
    often = choices.label(choices.FREQUENCY, outcome.frequency).lower()
    what = listed(named) + (f" (mostly {_main(outcome)})" if _main(outcome) and len(named) > 1 else "")
    said = [
        f"tried {what}" if named else "",
        f"for pain that had lasted {how_long}" if how_long else "",
        often,
        f"for {outcome.weeks_done} {'week' if outcome.weeks_done == 1 else 'weeks'}" if outcome.weeks_done else "",
        f"what helped most was {_main(outcome)}" if _main(outcome) and not named else "",
    ]
    return _sentence(", ".join(part for part in said if part))


def _main(outcome: Outcome) -> str:
    return next(iter(things_tried([outcome.main] if outcome.main else [])), "")


def _besides(outcome: Outcome) -> str:
    named = [choices.label(choices.OTHER_THINGS, code).lower() for code in outcome.other_things]
    return f"At the same time: {listed([name for name in named if name])}." if any(named) else ""


def _pain(outcome: Outcome) -> str:
    if outcome.pain_before is None or outcome.pain_after is None:
        return ""
    when = choices.label(choices.AFTER_HOW_LONG, outcome.after_how_long).lower()
    return f"Pain out of ten: {outcome.pain_before} before, {outcome.pain_after} after{f' ({when})' if when else ''}."


def _activity(outcome: Outcome) -> str:
    if not outcome.activity:
        return ""
    kept_from = f"The pain kept me from: {outcome.activity.rstrip('.')}"
    if outcome.activity_before is None or outcome.activity_after is None:
        return f"{kept_from}."
    return (
        f"{kept_from}. How well that went: {outcome.activity_before} out of ten then, {outcome.activity_after} now, "
        "where ten is as before the pain."
    )


def _since(outcome: Outcome) -> str:
    change = choices.label(choices.CHANGE, outcome.change).lower()
    again = choices.label(choices.AGAIN, outcome.again).lower()
    said = [f"overall {change}" if change else "", f"would do it again: {again}" if again else ""]
    return _sentence("; ".join(part for part in said if part))


def _afterwards(outcome: Outcome) -> list[str]:
    """`prefer-not-to-say` says nothing, and "none" is worth saying."""
    words = {
        "none": "nothing unwelcome",
        "sore-under-24-h": "sore for less than a day",
        "sore-longer": "sore for longer",
    }
    said = words.get(outcome.side_effects, "")
    if outcome.side_effects == "new-symptom":
        said = f"something new: {outcome.new_symptom}" if outcome.new_symptom else "something new"
    return [f"Afterwards: {said}." if said else "", f"Why not again: {outcome.why_not}." if outcome.why_not else ""]


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}." if words else ""


def listed(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
