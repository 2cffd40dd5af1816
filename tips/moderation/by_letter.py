"""The link in the letter that something waits: to one case, for two days, until somebody decides about it.

It only saves looking for the case. Whoever follows it must be signed in, with the second factor: a mailbox is not one.
"""

import json
from datetime import datetime, timedelta

from django.core import signing

from tips.cases.models import Case

GOOD_FOR = timedelta(hours=48)
_SALT = "tips.moderation.by_letter"


def word(case: Case, *, now: datetime) -> str:
    said = [case.pk, case.version, int((now + GOOD_FOR).timestamp())]
    return signing.Signer(salt=_SALT).sign_object(said).replace(":", ".")


def read(typed: str, *, now: datetime) -> Case | None:
    """The case as it was when the letter was written; None for a wrong, old or used word alike."""
    try:
        pk, version, until = signing.Signer(salt=_SALT).unsign_object(typed.replace(".", ":", 1))
    except (signing.BadSignature, ValueError, TypeError, json.JSONDecodeError):
        return None
    if now.timestamp() >= until:
        return None
    return Case.objects.waiting().filter(pk=pk, version=version).first()
