"""PRIVATE: who sent what. Only `sharing` and `moderation` may import this room; nothing public leads here."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from tips.comments.models import Comment
from tips.pages.models import Page


class Receipt(models.Model):
    """Proof of sending for one page or one comment, found by its private code."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, null=True, related_name="+")
    comment = models.OneToOneField(Comment, on_delete=models.CASCADE, null=True, related_name="+")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    consent = models.CharField(max_length=40)  # version of the wording agreed to
    consent_on = models.DateField()
    withdrawn_on = models.DateField(null=True, db_index=True)  # taken down by its author, who has 30 days to come back
    withdrawn_from = models.JSONField(default=dict)  # number of each case -> the state to which it would go back

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(page__isnull=False, comment__isnull=True) | Q(page__isnull=True, comment__isnull=False),
                name="receipt_for_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"receipt {self.pk}"


class PrivateCode(models.Model):
    """One code that opens a receipt: the one shown on the receipt page, and one for each mail that carries a link."""

    receipt = models.ForeignKey(Receipt, on_delete=models.CASCADE, related_name="codes")
    digest = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return f"code of receipt {self.receipt_id}"


class Address(models.Model):
    """An e-mail address left for one purpose with its own consent, readable only with the key outside the database."""

    class Purpose(models.TextChoices):
        DECISION = "decision", "what became of it"
        REPLIES = "replies"

    receipt = models.ForeignKey(Receipt, on_delete=models.CASCADE, related_name="addresses")
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    sealed = models.BinaryField()
    consent_on = models.DateField()
    purge_on = models.DateField(null=True, db_index=True)  # 30 days after the purpose ended
    confirm_digest = models.CharField(max_length=64, blank=True)  # of the secret in the mail that asks to confirm
    confirmed_on = models.DateField(null=True)  # replies only: nothing is mailed before
    told_up_to = models.PositiveIntegerField(default=0)  # sequence of the newest reply that a letter told of

    objects: ClassVar[models.Manager["Address"]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["receipt", "purpose"], name="address_once_per_purpose")]

    def __str__(self) -> str:
        return f"address for {self.purpose}"
