"""Secrets that travel by mail: 128 random bits each, of which the database knows the SHA-256 only."""

import hashlib
import secrets
from datetime import datetime, timedelta

from tips.course import statements
from tips.course.models import CapabilityToken, Enrolment

Purpose = CapabilityToken.Purpose
VALID_FOR = {Purpose.CONFIRM: timedelta(days=7), Purpose.LEARNER: timedelta(days=365)}


def mint(purpose: Purpose, enrolment: Enrolment, *, now: datetime, letters: bool = False) -> str:
    """A new secret of 22 characters; nobody can read it again. `letters`: using it agrees to the owner's letters."""
    token = secrets.token_urlsafe(16)
    statements.mint(_digest(token), purpose, enrolment.pk, expires=now + VALID_FOR[purpose], letters=letters)
    return token


def find(token: str, purpose: Purpose, *, now: datetime) -> Enrolment | None:
    """Whose it is; None for an unknown, used, expired or foreign one alike."""
    found = held(token, purpose, now=now)
    return found.enrolment if found else None


def held(token: str, purpose: Purpose, *, now: datetime) -> CapabilityToken | None:
    return (
        CapabilityToken.objects.filter(digest=_digest(token), purpose=purpose, used_at=None, expires__gt=now)
        .select_related("enrolment")
        .first()
    )


def use_up(purpose: Purpose, enrolment: Enrolment, *, now: datetime) -> None:
    CapabilityToken.objects.filter(enrolment=enrolment, purpose=purpose, used_at=None).update(used_at=now)


def purge(*, now: datetime) -> int:
    return CapabilityToken.objects.filter(expires__lte=now).delete()[0]


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
