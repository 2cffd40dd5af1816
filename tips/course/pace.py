"""When the next lesson is due."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

DECENT_HOUR = time(9, 0)
APART = timedelta(hours=20)
SPREAD = 31  # minutes over which the mails of one morning are spread


def next_due(accepted: datetime, *, pace_days: int, zone: str, enrolment: int) -> datetime:
    """In the morning, local time, whole local days after `accepted`, and never within 20 hours of it.

    Source: the specification of the course (gaps count from the acceptance of the lesson before).
    """
    local = ZoneInfo(zone)
    day = accepted.astimezone(local).date() + timedelta(days=pace_days)
    minute = enrolment * 17 % SPREAD
    due = datetime.combine(day, DECENT_HOUR.replace(minute=minute), tzinfo=local)
    return due if due - accepted >= APART else due + timedelta(days=1)
