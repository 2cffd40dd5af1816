"""The parts of the form at /share/: what may be said about any pain, and what one kind of page asks besides."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms

from tips.guard.fields import CleanText, Codes
from tips.outcomes import choices
from tips.outcomes.models import LONGEST_WEEKS
from tips.outcomes.wording import FEW
from tips.pages.areas import areas
from tips.pages.titles import exercises, owners_pages

Codings = Callable[[], Sequence[tuple[str, str]]]
NUMBERS = [(str(n), str(n)) for n in range(11)]
RATHER_NOT = ("", "Rather not say")
FORGOTTEN = ("dont-remember", "I don’t remember")
MOST_STEPS = 20


# Choices are given as functions: a form copies its fields every time, and a list of choices with them.
def optional(label: str, codes: Codings, *, why: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=lambda: [RATHER_NOT, *codes()], required=False, help_text=why)


def few_words(label: str, most: int, *, why: str = "") -> CleanText:
    return CleanText(most=most, required=False, label=label, help_text=why)


def ticks(label: str, codes: Codings, *, why: str = "") -> Codes:
    return Codes(label=label, choices=codes, required=False, help_text=why)


def places() -> list[tuple[str, str]]:
    return [(each.slug, each.name) for each in areas()]


def things() -> list[tuple[str, str]]:
    """Every exercise of the site, and what else people try; a code stands once."""
    known = exercises()
    return [*known, *(each for each in choices.OTHER_THINGS_TRIED if each[0] not in dict(known))]


def unwelcome() -> list[tuple[str, str]]:
    """Without the one that says what "Rather not say" says."""
    return [each for each in choices.SIDE_EFFECTS if each[0] != "prefer-not-to-say"]


class Steps(CleanText):
    """One step a line; an empty line is none."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(most=4_000, lines=True, required=False, widget=forms.Textarea(attrs={"rows": 4}), **kwargs)


class AnyPain(forms.Form):
    areas = ticks("Where does it hurt?", places, why="Up to three. People look for pages by the place.")
    side = optional("On which side?", lambda: choices.SIDE)
    triggers = ticks(
        "What brought it on?", lambda: choices.TRIGGERS, why="Whoever had the same will want to read yours."
    )
    helped_by = ticks("What has helped?", lambda: choices.HELPED_BY)
    place = few_words(
        "Where you are", 60, why="A country or region is plenty. It tells readers which health service you met."
    )
    about = ticks("Which pages here is it about?", owners_pages, why="Yours is then shown under them.")
    duration = optional(
        "How long has, or had, this pain lasted?", lambda: choices.DURATION, why="New and old pain behave differently."
    )
    tried = ticks(
        "What did you try?", things, why="So that nobody tells you what you know, and others see what you did."
    )
    frequency = optional(
        "How often?", lambda: choices.FREQUENCY, why="Most things help only when they are done often, or not too often."
    )


class QuestionPart(forms.Form):
    pain_now = optional("Pain now, from 0 to 10", lambda: NUMBERS, why="0 is no pain, 10 the worst you can imagine.")
    better = few_words("What makes it better?", FEW, why="The best hint for those who want to help.")
    worse = few_words("What makes it worse?", FEW)


class TipPart(forms.Form):
    steps = Steps(
        label="What to do, step by step", help_text="One step on each line. They are shown as a numbered list."
    )
    caution = few_words(
        "When should somebody be careful, or not do it?", FEW, why="What helps one back can hurt another."
    )


class ExperiencePart(forms.Form):
    main = optional("What helped most of all you tried?", things)
    tried_other = few_words("Something else you tried", 80)
    pain_before = optional(
        "Pain before, from 0 to 10",
        lambda: [*NUMBERS, FORGOTTEN],
        why="On average over a day. 0 is no pain, 10 the worst you can imagine.",
    )
    pain_after = optional(
        "Pain after, from 0 to 10",
        lambda: [*NUMBERS, FORGOTTEN],
        why="Asked in the same way, so that the two can be compared.",
    )
    after_how_long = optional("How long after you began was that?", lambda: choices.AFTER_HOW_LONG)
    weeks_done = forms.IntegerField(
        label="For how many weeks did you keep it up?",
        required=False,
        min_value=0,
        max_value=LONGEST_WEEKS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": "4"}),
        error_messages={
            "invalid": "Please write the weeks as a whole number, such as 6.",
            "max_value": f"Please give {LONGEST_WEEKS} weeks or fewer.",
            "min_value": "Please write 0 or more.",
        },
    )
    change = optional("Overall, since you started", lambda: choices.CHANGE)
    activity = few_words(
        "One thing the pain kept you from doing", 60, why="Such as “tying my shoes”. It says more than a number."
    )
    activity_before = optional(
        "How well could you do it before?", lambda: NUMBERS, why="0 is not at all, 10 as before the pain."
    )
    activity_after = optional("How well can you do it now?", lambda: NUMBERS)
    side_effects = optional(
        "Anything unwelcome afterwards?", unwelcome, why="So that others know what to look out for."
    )
    new_symptom = few_words("If something new came up, what was it?", 200)
    other_things = ticks(
        "What else did you do or take at that time?", lambda: choices.OTHER_THINGS, why="It may have helped, too."
    )
    again = optional("Would you do it again?", lambda: choices.AGAIN)
    why_not = few_words("If not, why?", 200)
