"""Secrets that travel by mail: 128 random bits each, of which the database knows the SHA-256 only."""

import hashlib
import secrets
from datetime import datetime, timedelta

from tips.course.models import CapabilityToken, Enrolment

Purpose = CapabilityToken.Purpose
VALID_FOR = {Purpose.CONFIRM: timedelta(days=7), Purpose.LEARNER: timedelta(days=365)}


def mint(purpose: Purpose, enrolment: Enrolment, *, now: datetime) -> str:
    """A new secret of 22 characters; nobody can read it again."""
    token = secrets.token_urlsafe(16)
    CapabilityToken.objects.create(
        digest=_digest(token), purpose=purpose, enrolment=enrolment, expires=now + VALID_FOR[purpose]
    )
    return token


def find(token: str, purpose: Purpose, *, now: datetime) -> Enrolment | None:
    """Whose it is; None for an unknown, used, expired or foreign one alike."""
    found = (
        CapabilityToken.objects.filter(digest=_digest(token), purpose=purpose, used_at=None, expires__gt=now)
        .select_related("enrolment")
        .first()
    )
    return found.enrolment if found else None


def use_up(purpose: Purpose, enrolment: Enrolment, *, now: datetime) -> None:
    CapabilityToken.objects.filter(enrolment=enrolment, purpose=purpose, used_at=None).update(used_at=now)


def purge(*, now: datetime) -> int:
    return CapabilityToken.objects.filter(expires__lte=now).delete()[0]


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
