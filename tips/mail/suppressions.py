"""Who gets no more mail, kept as digests that outlive every erasure: nobody can be read from them, or brought back.

A `scope` is one list ("course", "letters"): who left it may be written to about other things, and may come back by
asking. Without a scope nothing at all is sent, whatever is composed: the fence looks.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction

from tips.mail import addresses
from tips.mail.models import Suppression

COMPLAINT = "complaint"
LEFT = "left"
BOUNCES_LAST = timedelta(days=90)


def suppress(address: str, reason: str, now: datetime, *, scope: str = "") -> None:
    add(addresses.digest(address), reason, now.date(), scope=scope)


@transaction.atomic
def add(address_digest: str, reason: str, day: date, *, scope: str = "") -> None:
    """The first reason stays, but for a complaint, which outweighs all; the earliest day stays, whatever the order."""
    given = {"reason": reason, "since": day}
    row, made = Suppression.objects.select_for_update().get_or_create(
        address_digest=address_digest, scope=scope, defaults=given
    )
    if not made:
        row.reason = COMPLAINT if reason == COMPLAINT else row.reason
        row.since = min(row.since, day)
        row.save()


def is_suppressed(address: str, *, scope: str = "") -> bool:
    return Suppression.objects.of(addresses.digest(address), scope=scope).exists()


def lift(address: str, *, scope: str = "") -> None:
    """They asked for mail again, themselves. A complaint stays, and is lifted by hand in the database only."""
    found = Suppression.objects.filter(address_digest=addresses.digest(address), scope=scope)
    found.exclude(reason=COMPLAINT).delete()


def try_again(address: str, now: datetime) -> None:
    """An address that bounced 90 days ago may exist again: one mail finds out, and bars it anew if it does not.

    Never after a complaint, and not for who left.
    """
    old = Suppression.objects.filter(address_digest=addresses.digest(address), scope="", since__lte=now - BOUNCES_LAST)
    old.exclude(reason__in=[COMPLAINT, LEFT]).delete()


def importable(found: Iterable[str], *, scope: str) -> list[str]:
    """Those of `found` that an import may bring into the list: not who ever left it, complained, or does not exist."""
    return [address for address in found if not is_suppressed(address, scope=scope)]
