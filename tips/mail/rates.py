"""How fast mail may go out: the limits of EMAIL_RATE, as token buckets that all workers share.

A server that says 421 or 4.7.x halves them all for an hour.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from tips.mail.errors import NotSent, Temporary, Unreachable
from tips.mail.limits import limits
from tips.mail.models import RateBucket

SLOW_FOR = timedelta(hours=1)


def is_limited() -> bool:
    return bool(settings.EMAIL_RATE)


@transaction.atomic
def take(wanted: int, now: datetime) -> int:
    """How many of `wanted` mails may go out now; they count as sent. All of them where EMAIL_RATE says nothing."""
    rows = [(_filled(name, *rule, now), *rule) for name, rule in limits(settings.EMAIL_RATE).items()]
    granted = min([wanted, *(int(row.tokens) for row, _, _ in rows)])
    _change(-granted, [row for row, _, _ in rows])
    return granted


@transaction.atomic
def give_back(unused: int) -> None:
    rules = limits(settings.EMAIL_RATE)
    if unused and rules:
        _change(unused, list(RateBucket.objects.select_for_update().filter(limit__in=rules)))


def heed(error: NotSent, now: datetime) -> None:
    """A server that finds us too fast gets half of it for an hour."""
    too_fast = isinstance(error, Unreachable) and error.code.startswith("421")
    if too_fast or (isinstance(error, Temporary) and " 4.7." in error.code):
        RateBucket.objects.update(slow_until=now + SLOW_FOR)


def _filled(name: str, most: int, a_second: float, now: datetime) -> RateBucket:
    """The row, locked, with what came in since. A clock that was put back brings nothing and loses nothing."""
    row, _ = RateBucket.objects.select_for_update().get_or_create(limit=name, defaults={"tokens": most, "updated": now})
    slow = row.slow_until is not None and row.slow_until > now
    gone = max(0.0, (now - row.updated).total_seconds())
    row.tokens, row.updated = min(most, row.tokens + gone * a_second / (2 if slow else 1)), now
    return row


def _change(by: int, rows: list[RateBucket]) -> None:
    for row in rows:
        row.tokens += by
        row.save()
