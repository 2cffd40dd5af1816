import secrets
from datetime import datetime

from django.db import transaction

from tips.desk.letters import TEST
from tips.freshness.slots import bump
from tips.mail.models import Delivery
from tips.mail.outbox import compose
from tips.pages.warnings import store_warnings
from tips.practice.current import GENERATION
from tips.practice.models import Practice


@transaction.atomic
def save_practice(*, practice: Practice, photo: bytes | None, remove_photo: bool) -> Practice:
    """Store what the owner said. Every page that prints it is stale from the commit on."""
    practice.pk, practice.set_up = 1, True
    practice.save()
    if photo is not None or remove_photo:
        Practice.objects.filter(pk=1).update(photo=photo)
    transaction.on_commit(_everything_is_stale)
    return practice


def _everything_is_stale() -> None:
    bump(GENERATION)
    store_warnings()  # the search finds them with the numbers of the owner's country


@transaction.atomic
def send_test_mail(*, to: str, now: datetime) -> Delivery:
    return compose(TEST, to=to, context={}, key=f"test:{secrets.token_hex(8)}", now=now, priority=1)
