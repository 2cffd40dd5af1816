"""The owner is told that something waits: at once in an emergency, else a little later and once an hour at most."""

from datetime import datetime, timedelta

from tips.cases.models import Case, Priority
from tips.mail.outbox import compose, is_composed
from tips.practice.current import site

OWNER_TOLD_AFTER_MINUTES = 15


def tell_owner(case: Case, *, now: datetime) -> None:
    owner = site().notify
    if not owner:
        return
    key, due = f"waiting:{now:%Y%m%d%H}", now + timedelta(minutes=OWNER_TOLD_AFTER_MINUTES)
    if case.priority == Priority.EMERGENCY:
        key, due = f"waiting:{case.pk}:{case.version}", now
    if not is_composed(key):  # nobody needs a letter written and sealed to find the one of this hour
        compose("moderation/mail/waiting", to=owner, context={}, key=key, now=now, due=due)
