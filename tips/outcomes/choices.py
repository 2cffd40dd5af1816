"""What a visitor may answer about what they tried. A code is the option's words in lower case with hyphens."""

from django.utils.text import slugify

Choice = tuple[str, str]


def coded(*labels: str) -> tuple[Choice, ...]:
    return tuple((slugify(label), label) for label in labels)


OTHER_THINGS_TRIED = coded("Heat cold", "Walking", "Hands-on treatment", "Medicine", "Rest", "Change at work", "Other")
DURATION = coded(
    "Under 1 week", "1-6 weeks", "6-12 weeks", "3-12 months", "1-5 years", "Over 5 years", "Comes and goes"
)
AFTER_HOW_LONG = coded("Same session", "Same day", "2-7 days", "1-4 weeks", "1-3 months", "Over 3 months")
FREQUENCY = coded("Once only", "Some days", "Most days", "Several times a day")
CHANGE = coded(
    "Very much better", "Much better", "A little better", "No change", "A little worse", "Much worse", "Very much worse"
)
SIDE_EFFECTS = coded("None", "Sore under 24 h", "Sore longer", "New symptom", "Prefer not to say")
AGAIN = coded("Yes, the same", "Yes, but changed", "Not sure", "No")


def label(choices: tuple[Choice, ...], code: str) -> str:
    return dict(choices).get(code, "")
