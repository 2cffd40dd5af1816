"""The circuit breaker: after a fault of ours or of the provider, nobody sends for a while."""

import logging
from datetime import datetime, timedelta

from django.db import transaction

from tips.mail import statements
from tips.mail.models import ProviderPause

LONGEST = timedelta(minutes=15)
logger = logging.getLogger(__name__)


def current() -> ProviderPause | None:
    return ProviderPause.objects.first() if statements.is_paused() else None


@transaction.atomic
def begin(code: str, now: datetime) -> None:
    """1, 2, 4, 8, then 15 minutes, as long as nothing is accepted in between."""
    pause, created = ProviderPause.objects.select_for_update().get_or_create(defaults={"until": now, "faults": 0})
    pause.faults += 1
    pause.until = now + min(LONGEST, timedelta(minutes=2 ** min(pause.faults - 1, 4)))
    pause.code = code
    pause.save()
    logger.log(logging.ERROR if created else logging.WARNING, "mail is paused, fault %s: %s", pause.faults, code)


def end() -> None:
    if ProviderPause.objects.exists():
        ProviderPause.objects.all().delete()
