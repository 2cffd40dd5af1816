"""The owner is told that something waits: at once in an emergency, else a little later and once an hour at most."""

from datetime import datetime, timedelta

from tips.cases.models import Case, Priority
from tips.mail.outbox import compose
from tips.practice.current import site

OWNER_TOLD_AFTER_MINUTES = 15


def tell_owner(case: Case, *, now: datetime) -> None:
    owner = site().notify
    if not owner:
        return
    wait = 0 if case.priority == Priority.EMERGENCY else OWNER_TOLD_AFTER_MINUTES
    compose(
        "moderation/mail/waiting",
        to=owner,
        context={},
        key=f"waiting:{case.pk}:{case.version}" if wait == 0 else f"waiting:{now:%Y%m%d%H}",
        now=now,
        due=now + timedelta(minutes=wait),
    )
