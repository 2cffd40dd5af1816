"""How long it takes at present until somebody has read what was sent: measured, never promised."""

from datetime import datetime, timedelta
from statistics import median

from tips.cases.models import Decision

LATELY = timedelta(days=7)  # times are exact for a week after a decision (security page, P3)
MOST, FEWEST = 20, 3  # decisions looked at, and fewer than this tell nothing


def median_wait(now: datetime) -> timedelta | None:
    """Of the last decisions; None when there are too few to tell."""
    recent = Decision.objects.first_answers().filter(decided_at__gt=now - LATELY).select_related("case")
    waits = [(each.decided_at - each.case.opened_at).total_seconds() for each in recent.order_by("-pk")[:MOST]]
    return timedelta(seconds=max(median(waits), 0)) if len(waits) >= FEWEST else None


def usual_wait(now: datetime) -> str:
    """In words, "about 3 hours"; empty when nobody can say."""
    wait = median_wait(now)
    if wait is None:
        return ""
    hours = round(wait.total_seconds() / 3600)
    if hours < 1:
        return "less than an hour"
    if hours < 36:
        return f"about {hours} hour{'s' if hours > 1 else ''}"
    return f"about {round(hours / 24)} days"
