"""Old addresses that lead somewhere else now. Knows paths alone, not what stands there."""

import re
from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

_PATH = re.compile(r"/(?!/)[^\s\\]*")  # on this site: "//elsewhere.example" would leave it


def clean_path(path: str) -> None:
    if not _PATH.fullmatch(path):
        raise ValidationError("Write the part after the name of the site, with a slash in front: /old-page.html")


class OldAddressQuerySet(models.QuerySet["OldAddress"]):
    def leading_from(self, path: str) -> Self:
        return self.filter(old=path)


class OldAddress(models.Model):
    old = models.CharField("Old address", max_length=300, unique=True, validators=[clean_path])
    new = models.CharField("Leads to", max_length=300, validators=[clean_path])

    objects: ClassVar[models.Manager["OldAddress"]] = OldAddressQuerySet.as_manager()

    class Meta:
        verbose_name = "old address"
        verbose_name_plural = "old addresses"
        ordering = ["old"]
        constraints = [models.CheckConstraint(condition=~Q(old=F("new")), name="moved_somewhere_else")]

    def __str__(self) -> str:
        return self.old

    def clean(self) -> None:
        if OldAddress.objects.leading_from(self.new).exists():
            raise ValidationError({"new": "This address leads on to another one. Name the last one."})


def new_address(path: str) -> str:
    """Where this address leads now; empty if nobody said."""
    if "\0" in path:  # PostgreSQL takes no such text, and nobody has such an address
        return ""
    return OldAddress.objects.leading_from(path).values_list("new", flat=True).first() or ""
