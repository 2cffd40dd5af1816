"""How busy the reading is: "slow now" turns itself on and off. Nothing is refused or dropped (docs/adr/0041).

It goes off well below where it went on, so that pages are not made stale by every single sending.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from tips.cases.models import READ_TO_BE_SHOWN, Case
from tips.freshness.slots import bump
from tips.practice.current import GENERATION, site
from tips.practice.models import Practice

RELIEF = 0.8  # of a limit: below it the rush is over


def look(now: datetime) -> None:
    """Every minute, by the worker (docs/adr/0050): whether it is slow now, and whether the owner is back."""
    known = site()
    slow = _is_slow(now, was=known.slow)
    back = known.away_until is not None and known.away_until <= timezone.localdate(now)
    if slow == known.slow and not back:
        return
    changed = {"is_slow": slow, **({"away_until": None} if back else {})}
    Practice.objects.update_or_create(pk=1, defaults=changed, create_defaults=_as_configured(slow))
    transaction.on_commit(lambda: bump(GENERATION))


def _is_slow(now: datetime, *, was: bool) -> bool:
    counted = Case.objects.waiting().filter(kind__in=READ_TO_BE_SHOWN)
    counts = counted.aggregate(all=Count("pk"), lately=Count("pk", filter=Q(opened_at__gt=now - timedelta(hours=1))))
    share = RELIEF if was else 1.0
    return bool(
        counts["all"] >= share * settings.SLOW_FROM_WAITING or counts["lately"] >= share * settings.SLOW_FROM_ARRIVALS
    )


def _as_configured(slow: bool) -> dict[str, object]:
    return {"is_slow": slow, "country": settings.COUNTRY, "time_zone": settings.TIME_ZONE}
