"""What was decided lately, as numbers. No names, no cases, and nothing so small that it points at somebody."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count

from tips.cases.models import AGAINST, Action, Decision
from tips.cases.reasons import Reason
from tips.cases.waits import usual_wait

OVER = timedelta(days=90)
FEWEST = 5  # design, 5.19: smaller numbers are merged


@dataclass(frozen=True)
class Line:
    words: str
    count: str  # "12", or "fewer than 5"


@dataclass(frozen=True)
class Figures:
    """`overturned` is a share in words, empty while there are too few objections to tell."""

    days: int
    published: str
    asked: str
    against: str
    reasons: list[Line]
    objections: str
    overturned: str
    usual_wait: str


def figures(now: datetime) -> Figures:
    """Of the last 90 days; what was undone does not count."""
    stood = Decision.objects.filter(decided_at__gte=now - OVER, undone_by__isnull=True)
    counts = dict(stood.values_list("action").annotate(many=Count("pk")).order_by())
    upheld, overturned = counts.get(Action.UPHOLD, 0), counts.get(Action.OVERTURN, 0)
    answered = upheld + overturned
    against = sum(counts.get(action, 0) for action in AGAINST)
    reasoned = stood.filter(action__in=AGAINST).exclude(reason="").values_list("reason").annotate(many=Count("pk"))
    return Figures(
        days=OVER.days,
        published=_told(counts.get(Action.PUBLISH, 0) + counts.get(Action.EDIT, 0)),
        asked=_told(counts.get(Action.ASK, 0)),
        against=_told(against),
        reasons=merged({Reason(code).label: many for code, many in reasoned.order_by()}),
        objections=_told(answered),
        overturned=f"{round(100 * overturned / answered)} %" if min(upheld, overturned) >= FEWEST else "",
        usual_wait=usual_wait(now),
    )


def merged(counts: dict[str, int]) -> list[Line]:
    """The most frequent first; those under five together, with the next larger one while they are few even so."""
    many = sorted(((words, count) for words, count in counts.items() if count >= FEWEST), key=lambda each: -each[1])
    rest = sum(count for count in counts.values() if count < FEWEST)
    while 0 < rest < FEWEST and many:
        rest += many.pop()[1]
    lines = [Line(words, str(count)) for words, count in many]
    return [*lines, Line("other reasons", _told(rest))] if rest else lines


def _told(count: int) -> str:
    return str(count) if count == 0 or count >= FEWEST else "fewer than 5"
