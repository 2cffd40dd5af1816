"""Care cards: what to do about a warning sign, with the numbers of the owner's country."""

from collections.abc import Iterable
from dataclasses import dataclass

from tips.practice.current import site
from tips.safety.find import Finding
from tips.safety.numbers import Helplines, fill
from tips.safety.rules import Flag, marked

MOST_CARDS = 2
URGENCY = {"E": "Emergency", "S": "Urgent", "G": "Non-urgent"}
_ORDER = "ESG"


@dataclass(frozen=True)
class Card:
    """One care card. `level` is E (emergency), S (same day) or G (see a GP)."""

    slug: str
    level: str
    urgency: str
    heading: str
    name: str
    signs: tuple[str, ...]
    advice: tuple[str, ...]
    helplines: Helplines


def card(about: Flag) -> Card:
    numbers = site().helplines
    return Card(
        slug=about.slug,
        level=about.level,
        urgency=URGENCY[about.level],
        heading=fill(about.action, numbers),
        name=about.name,
        signs=tuple(about.signs),
        advice=tuple(fill(line, numbers) for line in about.advice),
        helplines=numbers,
    )


def cards(finding: Finding) -> list[Card]:
    """The most urgent first, two at most; none where the words were only a quiet mention."""
    return cards_for(finding.marks)


def cards_for(marks: Iterable[str]) -> list[Card]:
    """For flags that were stored with a page or a receipt (`Finding.marks`)."""
    found = [card(flag) for flag in map(marked, marks) if flag]
    return sorted(found, key=lambda each: _ORDER.index(each.level))[:MOST_CARDS]
