from datetime import timedelta
from typing import ClassVar, Self

from django.core.validators import MaxValueValidator
from django.db import models

from tips.keys import sealing

KEPT_FOR = timedelta(hours=24)


class AcknowledgementQuerySet(models.QuerySet["Acknowledgement"]):
    def taken(self, nonce: str) -> Self:
        """The row of this filling-in of a form, if it was taken."""
        return self.filter(key_digest=key_digest(nonce))


def key_digest(nonce: str) -> str:
    return sealing.digest("form-key", nonce)


class Acknowledgement(models.Model):
    """A form was taken: the same form sent again gets the same receipt.

    The key is the form's nonce; the row is found by its digest, and the receipt is sealed under the nonce itself, which
    only the sender's browser holds. After `KEPT_FOR` the row is purged.
    """

    key_digest = models.CharField(max_length=64, unique=True)
    body_digest = models.CharField(max_length=64)
    receipt = models.BinaryField()
    expires = models.DateTimeField(db_index=True)

    objects: ClassVar[models.Manager["Acknowledgement"]] = AcknowledgementQuerySet.as_manager()

    def __str__(self) -> str:
        return f"acknowledgement {self.pk}"


class Draft(models.Model):
    """What somebody is still writing, sealed under a key that only their browser holds. See `guard/drafts.py`."""

    browser = models.CharField(max_length=64)  # SHA-256 of the id in its cookie
    form = models.CharField(max_length=100)
    sealed = models.BinaryField()
    nonce_digest = models.CharField(
        max_length=64, blank=True, db_index=True
    )  # of the filling-in, to forget it when sent
    expires_on = models.DateField(db_index=True)  # a day, never a time

    class Meta:
        constraints = [models.UniqueConstraint(fields=["browser", "form"], name="draft_once_per_form")]

    def __str__(self) -> str:
        return f"draft {self.pk}"


class WatchedWord(models.Model):
    """Words to be pointed at when they are sent. What is to happen is order and colour: nothing is ever refused."""

    class Does(models.TextChoices):
        MARK = "mark", "mark it, and leave it where it stands"
        LATER = "later", "mark it, and count its points: what has many is read after the others"

    pattern = models.CharField(
        "the words",
        max_length=80,
        unique=True,
        help_text="One or several words, small letters. * stands for any letters and ? for one: casino*, cheap pills.",
    )
    label = models.CharField("what is said beside it", max_length=60, help_text="“gambling”, “asks for money”")
    does = models.CharField("what to do", max_length=8, choices=Does.choices, default=Does.LATER)
    points = models.PositiveSmallIntegerField(
        default=20, validators=[MaxValueValidator(100)], help_text="20 colours it, 50 puts it after the others."
    )

    objects: ClassVar[models.Manager["WatchedWord"]] = models.Manager()

    class Meta:
        ordering = ["pattern"]
        constraints = [models.CheckConstraint(condition=models.Q(points__lte=100), name="watched_points_in_bounds")]

    def __str__(self) -> str:
        return self.pattern


class Fingerprint(models.Model):
    """64 bits by which nearly the same words are known again for a month. `about` is the number of a case."""

    about = models.PositiveBigIntegerField(unique=True)
    twin = models.PositiveBigIntegerField(null=True, db_index=True)  # the first case with nearly the same words
    a = models.PositiveIntegerField()  # 16 bits each: of two that differ in three, one at least is the same
    b = models.PositiveIntegerField()
    c = models.PositiveIntegerField()
    d = models.PositiveIntegerField()
    made_on = models.DateField(db_index=True)

    objects: ClassVar[models.Manager["Fingerprint"]] = models.Manager()

    class Meta:
        indexes = [models.Index(fields=[part, "about"], name=f"fingerprint_{part}") for part in "abcd"]

    def __str__(self) -> str:
        return f"fingerprint of case {self.about}"
