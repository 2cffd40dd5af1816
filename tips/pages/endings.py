"""What stands where something ended: replies that are closed, a page that was erased."""

from django.db import models

from tips.keys.sealing import digest


class Closed(models.TextChoices):
    """Why nobody can reply any more; the words are what readers see."""

    AUTHOR = "author", "Whoever wrote this page has closed it to replies."
    MODERATOR = "moderator", "The moderators have closed this page to replies."


def tombstone(slug: str) -> str:
    """What stands in the place of an erased page's address, whose words must go as well: a digest finds it again."""
    return f"gone-{digest('slug', slug)[:40]}"
