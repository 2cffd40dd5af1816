import secrets
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from tips.audit import log
from tips.desk.letters import TEST
from tips.freshness.slots import bump
from tips.guard import weighing
from tips.guard.models import WatchedWord
from tips.mail.models import Delivery
from tips.mail.outbox import compose
from tips.pages.warnings import store_warnings
from tips.practice.current import GENERATION
from tips.practice.models import Practice


@transaction.atomic
def save_practice(
    *, practice: Practice, photo: bytes | None, remove_photo: bool, by: User | None, now: datetime
) -> Practice:
    """Store what the owner said. Every page that prints it is stale from the commit on."""
    practice.pk, practice.set_up = 1, True
    practice.save()
    if photo is not None or remove_photo:
        Practice.objects.filter(pk=1).update(photo=photo)
    if by is not None:
        log.append(actor=f"staff:{by.pk}", action="set up", about="practice", day=timezone.localdate(now))
    transaction.on_commit(_everything_is_stale)
    return practice


def _everything_is_stale() -> None:
    bump(GENERATION)
    store_warnings()  # the search finds them with the numbers of the owner's country


@transaction.atomic
def send_test_mail(*, to: str, now: datetime) -> Delivery:
    return compose(TEST, to=to, context={}, key=f"test:{secrets.token_hex(8)}", now=now, priority=1)


@transaction.atomic
def save_watched_word(*, word: WatchedWord, by: User, now: datetime) -> WatchedWord:
    word.save()
    _note_watched(by, "watched words kept", word, now)
    return word


@transaction.atomic
def remove_watched_word(*, word: WatchedWord, by: User, now: datetime) -> None:
    _note_watched(by, "watched words removed", word, now)
    word.delete()


def _note_watched(by: User, action: str, word: WatchedWord, now: datetime) -> None:
    about = f"watched word:{word.pk}"
    log.append(actor=f"staff:{by.pk}", action=action, about=about, day=timezone.localdate(now), content=word.pattern)
    transaction.on_commit(lambda: bump(weighing.GENERATION))
