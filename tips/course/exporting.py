"""Everything that is kept of one learner, for the learner."""

import re
from typing import Any

from tips.course import addresses
from tips.course.models import Enrolment, LessonSent
from tips.course.wording import TEXTS

_PAGE = re.compile(r'href="/(?:exercises|articles)/([a-z0-9-]+)/')
COURSE = "examination-of-the-spine"
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def everything(enrolment: Enrolment) -> dict[str, Any]:
    """As JSON values."""
    sent = LessonSent.objects.filter(enrolment=enrolment).select_related("lesson", "revision").order_by("pk")
    return {
        "address": addresses.unseal(enrolment.sealed_address) if enrolment.sealed_address else "",
        "state": enrolment.get_state_display(),
        "plan": {
            "days between lessons": enrolment.pace_days,
            "weekdays": [day for day in range(1, 8) if enrolment.weekdays >> (day - 1) & 1],  # ISO 8601: 1 is Monday
            "from hour": enrolment.from_hour,
            "until hour": enrolment.until_hour,
            "time zone": enrolment.plan.zone,
            "paused until": _day(enrolment.paused_until),
        },
        "wants letters": enrolment.wants_letters,
        "wants new lessons": enrolment.wants_new,
        "last lesson accepted": enrolment.last_at.isoformat() if enrolment.last_at else None,
        "lessons": [
            {"lesson": row.revision.title, "run": row.run, "sent on": _day(row.accepted_on), "skipped": row.skipped}
            for row in sent
        ],
        "agreed and withdrawn": [
            {"what": each.event, "wording": each.what, "on the page": each.place, "day": _day(each.day)}
            for each in enrolment.consents.order_by("pk")
        ],
    }


def in_words(enrolment: Enrolment) -> list[tuple[str, list[str]]]:
    """The same to be read on a page: headings, each with its lines."""
    told = everything(enrolment)
    facts = ("state", "wants letters", "wants new lessons")
    last = f"{enrolment.last_at:%-d %B %Y, %H:%M} UTC" if enrolment.last_at else "none so far"
    return [
        ("Your address", [told["address"] or "forgotten"]),
        ("How your course stands", [f"{name}: {_word(told[name])}" for name in facts] + [f"last lesson: {last}"]),
        ("Your plan", [f"{name}: {_word(value)}" for name, value in told["plan"].items()]),
        ("Lessons", [f"{row['lesson']}: {_became(row)} (round {row['run']})" for row in told["lessons"]]),
        ("What you agreed to, and took back", [_consent(row) for row in told["agreed and withdrawn"]]),
    ]


def _word(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(DAYS[number - 1] for number in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "-" if value is None else str(value)


def _became(row: dict[str, Any]) -> str:
    return "left out" if row["skipped"] else f"sent on {row['sent on']}" if row["sent on"] else "on its way"


def _consent(row: dict[str, Any]) -> str:
    return f"{row['day']}, {row['what']} on {row['on the page']}: “{TEXTS.get(row['wording'], row['wording'])}”"


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None


def page_about(html: str) -> str:
    """The slug of the site's page that a lesson is about: the first that it leads to, or else that of the course."""
    found = _PAGE.search(html)
    return found[1] if found else COURSE
