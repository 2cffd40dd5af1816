"""Letters about what has waited too long: to the owner, and while the owner is away to everybody who can moderate."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.roles import MODERATORS
from tips.cases.models import Case, Priority
from tips.desk.letters import EMERGENCY, OVERDUE
from tips.mail.outbox import compose
from tips.practice.current import site

TOO_LONG = timedelta(hours=24)
TOO_LONG_FOR_AN_EMERGENCY = timedelta(hours=1)


@transaction.atomic
def tell_of_waiting(now: datetime) -> None:
    """Once a day that something has waited a day; once for each emergency that has waited an hour."""
    emergencies = (
        Case.objects.waiting()
        .each_once()
        .filter(priority=Priority.EMERGENCY, opened_at__lte=now - TOO_LONG_FOR_AN_EMERGENCY)
    )
    about = [(EMERGENCY, f"emergency:{case.pk}", {"case": case.pk}) for case in emergencies]
    if Case.objects.waiting().filter(opened_at__lte=now - TOO_LONG).exists():
        about.append((OVERDUE, f"overdue:{timezone.localdate(now)}", {}))
    readers = _readers() if about else []
    for purpose, key, context in about:
        for who, address in readers:
            compose(purpose, to=address, context=context, key=f"{key}:{who}", now=now, priority=1)


def _readers() -> list[tuple[str, str]]:
    """[(who, for the key of a letter, and their address), …], each address once."""
    owner = site().notify
    readers = [("owner", owner)] if owner else []
    if site().away_until:
        standing_in = User.objects.filter(is_active=True, role__in=MODERATORS).exclude(email=owner).order_by("pk")
        readers += [(str(user.pk), user.email) for user in standing_in]
    return readers
