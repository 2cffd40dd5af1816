"""What staff did, in a log that can only grow: each row carries the hash of the one before it.

Nothing here says who wrote what was decided, and no words are kept: `content` is a digest under a key of the item's
own. Without that key, which goes when the item is erased, it tells nothing; the chain stays whole.
"""

from typing import ClassVar

from django.db import models


class AuditEvent(models.Model):
    """The table and its triggers, which refuse every UPDATE and DELETE, are made in migration 0001."""

    seq = models.BigIntegerField(primary_key=True)  # 1, 2, 3, … without a gap
    day = models.DateField()
    actor = models.CharField(max_length=40)  # "staff:7", "author", "site"
    action = models.CharField(max_length=24)
    object = models.CharField(max_length=60)  # "case:12", "page:5"
    reason = models.CharField(max_length=40)
    content = models.CharField(max_length=64)  # hex, or empty
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects: ClassVar[models.Manager["AuditEvent"]] = models.Manager()

    class Meta:
        managed = False  # so that nothing that empties tables tries to empty this one
        db_table = "audit_event"
        ordering = ["seq"]

    def __str__(self) -> str:
        return f"{self.seq} {self.day} {self.actor} {self.action} {self.object}"


class ItemKey(models.Model):
    """What makes the digests of one item's words comparable, until the item is erased."""

    object = models.CharField(max_length=60, primary_key=True)
    key = models.BinaryField(max_length=32)

    objects: ClassVar[models.Manager["ItemKey"]] = models.Manager()

    def __str__(self) -> str:
        return self.object
