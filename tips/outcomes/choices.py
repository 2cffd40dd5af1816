"""What a visitor may answer about pain and what they tried. A code is the option's words in lower case, hyphenated."""

from django.utils.text import slugify

Choice = tuple[str, str]


def coded(*labels: str) -> tuple[Choice, ...]:
    return tuple((slugify(label), label) for label in labels)


OTHER_THINGS_TRIED = (
    ("heat-cold", "Heat or cold"),
    *coded("Walking", "Hands-on treatment", "Medicine", "Rest", "Change at work", "Other"),
)
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
OTHER_THINGS = coded("Medicine", "Physio or other therapist", "Less work", "Injection", "Nothing else", "Other")
SIDE = (*coded("Left", "Right"), ("both", "Both sides"), ("middle", "In the middle"), ("moves-about", "It moves about"))
TRIGGERS = (
    *coded("Lifting", "Bending", "Sitting", "Sleeping wrong"),
    *(("garden", "Work in the garden"), ("sport", "Sport"), ("crash", "A crash or a fall"), ("pregnancy", "Pregnancy")),
    ("nothing-known", "Nothing that I know of"),
)
HELPED_BY = (
    *coded("Heat", "Cold", "Walking"),
    *(("stretch", "Stretching"), ("strength", "Getting stronger"), ("rest", "Rest")),
    *(("manual-therapy", "Hands-on treatment"), ("medicine", "Medicine"), ("time", "Time")),
)
LABELS = {
    code: label
    for group in (
        *(OTHER_THINGS_TRIED, DURATION, AFTER_HOW_LONG, FREQUENCY, CHANGE, SIDE_EFFECTS),
        *(AGAIN, OTHER_THINGS, SIDE, TRIGGERS, HELPED_BY),
    )
    for code, label in group
}
BETTER = frozenset({"very-much-better", "much-better", "a-little-better"})
WORSE = frozenset({"a-little-worse", "much-worse", "very-much-worse"})


def label(choices: tuple[Choice, ...], code: str) -> str:
    return dict(choices).get(code, "")
