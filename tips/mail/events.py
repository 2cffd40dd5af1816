"""What a provider tells later: delivered, bounced, complained. Once each, in any order, even before our own commit.

The end is the same for every order: a fate only moves forward, a suppression keeps its weightiest reason and earliest
day, and soft bounces are a set of days.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from tips.keys import sealing
from tips.mail import addresses, replies, suppressions, verdicts
from tips.mail.models import FINAL, Delivery, Fate, ProviderEvent, SoftBounce
from tips.mail.sending import Purpose

logger = logging.getLogger(__name__)
POINTS = 5  # days of soft bounces, none more than STALE after the one before (Mailman's numbers)
STALE = timedelta(days=7)
KEPT = timedelta(days=60)
FATES = list(Fate)


@dataclass(frozen=True)
class Event:
    """`kind`: delivered, bounced, complained or left. `reply`: what the far server said, with its code, where known.

    `hard`: what the provider makes of a bounce without a code. `message_ids`: all that look like ours.
    """

    external_id: str
    kind: str
    at: datetime
    recipient: str = ""
    message_ids: frozenset[str] = frozenset()
    reply: str = ""
    hard: bool = False


@transaction.atomic
def take(event: Event, purposes: Mapping[str, Purpose], *, now: datetime) -> bool:
    """Do what follows from it; False for what was told before."""
    digest = sealing.digest("mail event", event.external_id)
    _, new = ProviderEvent.objects.get_or_create(digest=digest, defaults={"kind": event.kind, "day": now.date()})
    if not new:
        return False
    for row in Delivery.objects.select_for_update().filter(message_id__in=event.message_ids):
        _move_on(row, event, purposes, now)
    if event.recipient:
        _judge(event)
    return True


def _move_on(row: Delivery, event: Event, purposes: Mapping[str, Purpose], now: datetime) -> None:
    """The provider has it, so it was accepted, whatever we knew so far."""
    if event.kind in FATES and FATES.index(Fate(event.kind)) > FATES.index(Fate(row.fate)):
        Delivery.objects.filter(pk=row.pk).update(fate=event.kind)
    purpose = purposes.get(row.purpose)
    if row.state in FINAL or purpose is None:
        return
    try:
        with transaction.atomic():
            verdicts.accept(row, "told", now, purpose.on_accepted)
    except verdicts.Unfollowed:
        logger.exception("after the acceptance of %s", row)


def _judge(event: Event) -> None:
    to, day = addresses.digest(event.recipient), event.at.date()
    if event.kind == "complained":
        suppressions.add(to, suppressions.COMPLAINT, day)
    elif event.kind == "left":
        suppressions.add(to, suppressions.LEFT, day)
    elif event.kind == "bounced":
        _judge_bounce(event, to, day)


def _judge_bounce(event: Event, to: str, day: date) -> None:
    enhanced = replies.enhanced_in(event.reply)
    if replies.is_about_us(enhanced) or enhanced in replies.BAD_SENDER:
        logger.error("a server refuses our mail, not the reader: %s", enhanced)
    elif enhanced.startswith("5.1.") or (event.hard and not enhanced):
        suppressions.add(to, enhanced or "bounced", day)
    else:
        SoftBounce.objects.get_or_create(address_digest=to, day=day)
        if _longest_run(to) >= POINTS:
            suppressions.add(to, "keeps bouncing", day)


def _longest_run(to: str) -> int:
    """The most days in a row of which none is more than STALE after the one before."""
    longest = run = 0
    last: date | None = None
    for day in SoftBounce.objects.filter(address_digest=to).order_by("day").values_list("day", flat=True):
        run = run + 1 if last is not None and day - last <= STALE else 1
        longest, last = max(longest, run), day
    return longest


def forget(*, before: datetime) -> int:
    """What nobody will tell again, and points that count no more."""
    told, _ = ProviderEvent.objects.filter(day__lt=before.date()).delete()
    points, _ = SoftBounce.objects.filter(day__lt=before.date()).delete()
    return told + points
