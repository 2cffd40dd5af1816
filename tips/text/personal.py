"""Personal details in what somebody wrote, for a hint before they show it to everyone. Text in, hints out; no blocking.

Meant for British writers: phone numbers from any country that are written with + or 00, British ones without.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tips.text.personal_patterns import PATTERNS
from tips.text.personal_words import NOT_NAMES, NOT_STREETS, POSTCODE_AREAS
from tips.text.spots import Written

MOST = 8  # hints; more would not be read


@dataclass(frozen=True)
class Hint:
    """`words` are the writer's own, from `start` up to `end` (characters). kind: one of `NAMES`."""

    kind: str
    words: str
    start: int
    end: int

    @property
    def name(self) -> str:
        return NAMES[self.kind]


NAMES = {
    "email": "an e-mail address",
    "account": "the name of an account",
    "nhs": "an NHS number",
    "phone": "a phone number",
    "postcode": "a postcode",
    "address": "a street address",
    "birth": "a date of birth",
    "person": "somebody’s name",
}


def personal(text: str) -> list[Hint]:
    """At most eight, in the order of the text, none inside another."""
    return personal_in(Written(text))


def personal_in(written: Written) -> list[Hint]:
    """The same of a text that was read already."""
    found: list[Hint] = []
    for hint in _hints(written):
        if not any(hint.start < other.end and other.start < hint.end for other in found):
            found.append(hint)
    return sorted(found, key=lambda each: each.start)[:MOST]


def _hints(written: Written) -> Iterator[Hint]:
    for kind, spot in PATTERNS:
        for match in spot.all(written) if spot.may_be_in(written) else ():
            if _CHECKS.get(kind, _always)(match):
                yield Hint(kind.partition(" ")[0], match[0].strip(), match.start(), match.end())


def is_nhs_number(digits: str) -> bool:
    """Ten digits with a good check digit (NHS data dictionary: modulus 11)."""
    if len(digits) != 10 or len(set(digits)) == 1:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    return (11 - total % 11) % 11 == int(digits[9])


def _checks_out(match: "re.Match[str]") -> bool:
    return is_nhs_number(re.sub(r"\D", "", match[0]))


def _is_a_name(match: "re.Match[str]") -> bool:
    """Not "Dr Who", not "Mr Right" and not "dr said"."""
    return not any(part.lower() in NOT_NAMES for part in match[1].split())


def _is_a_street(match: "re.Match[str]") -> bool:
    """Not "10 Minute Walk"."""
    return not any(part.lower() in NOT_STREETS for part in match[1].split())


def _is_an_area(match: "re.Match[str]") -> bool:
    return match[1].upper() in POSTCODE_AREAS


def _counts_nothing(match: "re.Match[str]") -> bool:
    """Not "0 1 2 3 4 5 6 7 8 9"."""
    return not re.sub(r"\D", "", match[0]).startswith("0123456")


def _always(_match: "re.Match[str]") -> bool:
    return True


_CHECKS: dict[str, Callable[["re.Match[str]"], bool]] = {
    "nhs": _checks_out,
    "phone": _counts_nothing,
    "postcode": _is_an_area,
    "address": _is_a_street,
    "person": _is_a_name,
}
