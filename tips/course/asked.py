"""The browser that asked for the course: it alone may be spared the press of the confirmation's button."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse

from tips.course import addresses
from tips.course.capabilities import VALID_FOR, Purpose
from tips.course.models import Enrolment
from tips.guard import passes

NAME = "course-asked"


def remember(response: HttpResponse, email: str, *, now: datetime) -> None:
    """The same for every address, known or not. "Lax": its reader comes back by a link, perhaps from webmail."""
    digest = addresses.digest(email)
    passes.grant(response, NAME, digest, now=now, valid_for=VALID_FOR[Purpose.CONFIRM], samesite="Lax")


def here(request: HttpRequest, enrolment: Enrolment, *, now: datetime) -> bool:
    return passes.holder(request, NAME, now=now) == enrolment.address_digest != ""
