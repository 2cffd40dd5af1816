"""What the staff decide about the search."""

from datetime import date, timedelta

from django.db import transaction

from tips.freshness.slots import bump
from tips.pages.models import Page
from tips.search.models import Promotion, Unanswered
from tips.search.promoted import GENERATION, key

KEPT = timedelta(days=90)


@transaction.atomic
def promote(*, words: str, page: Page) -> Promotion:
    """Who searches for these words, in any form, finds the page first from the commit on."""
    made, _ = Promotion.objects.update_or_create(stems=key(words), page=page, defaults={"words": words})
    transaction.on_commit(lambda: bump(GENERATION))
    return made


@transaction.atomic
def demote(*, promotion: Promotion) -> None:
    promotion.delete()
    transaction.on_commit(lambda: bump(GENERATION))


def forget_unanswered(*, today: date) -> None:
    Unanswered.objects.filter(day__lt=today - KEPT).delete()
