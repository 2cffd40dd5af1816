from django.db import transaction

from tips.freshness.slots import bump
from tips.glossary.models import SynonymGroup
from tips.glossary.words import GENERATION


@transaction.atomic
def save_group(*, group: SynonymGroup) -> SynonymGroup:
    """Searches understand these words from the commit on."""
    group.save()
    transaction.on_commit(lambda: bump(GENERATION))
    return group


@transaction.atomic
def remove_group(*, group: SynonymGroup) -> None:
    group.delete()
    transaction.on_commit(lambda: bump(GENERATION))
