"""Messages to the owner, which wait in the queue like everything that is sent in."""

import secrets
from datetime import date, datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from tips.cases.models import Case, State
from tips.keys import sealing


def new_public_id() -> str:
    return secrets.token_hex(10)


class MessageQuerySet(models.QuerySet["Message"]):
    def answerable(self) -> Self:
        """Somebody left an address that is still kept."""
        return self.exclude(sealed_address=b"")

    def settled(self, since: datetime) -> Self:
        """Decided, and nothing decided after `since`."""
        return self.exclude(case__state=State.WAITING).exclude(case__decisions__decided_at__gt=since)

    def told_today(self, address_digest: str, today: date) -> Self:
        return self.filter(address_digest=address_digest, told_on=today)


class Message(models.Model):
    """What a visitor wrote to the owner. Sealed is what could be used to find them: their address."""

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id)
    name = models.CharField(max_length=80, blank=True)
    sealed_address = models.BinaryField(default=b"")
    address_digest = models.CharField(max_length=64, blank=True)
    text = models.TextField()
    about = models.CharField(max_length=200, blank=True)  # a report: the address on this site that it is about
    reason = models.CharField(max_length=12, blank=True)  # a report: what is wrong, a code of `reasons.REASONS`
    consent = models.CharField(max_length=40)  # version of the wording agreed to
    consent_on = models.DateField()
    told_on = models.DateField(null=True)  # when its sender was mailed a receipt
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="message")

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["address_digest", "told_on"],
                condition=~Q(address_digest="") & Q(told_on__isnull=False),
                name="message_one_receipt_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"message {self.public_id}"

    @property
    def name_shown(self) -> str:
        return self.name or "A visitor"

    @property
    def has_address(self) -> bool:
        return bool(self.sealed_address)

    @property
    def address(self) -> str:
        """Empty where none was left. Only letters may ask. Raises sealing.Unreadable."""
        return sealing.unseal("addresses", bytes(self.sealed_address)).decode() if self.has_address else ""

    @property
    def flags(self) -> list[str]:
        """Slugs of the warning signs in it, as its case keeps them."""
        return list(self.case.flags)


class Answer(models.Model):
    """What the owner wrote back from the site. (What is answered with Reply in a mailbox is not known here.)"""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="answers")
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    answered_on = models.DateField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"answer to {self.message_id}"


class CannedAnswer(models.Model):
    """Words that are needed often. They are put into the form and can be changed before they are sent."""

    title = models.CharField(max_length=60, unique=True)
    text = models.TextField(max_length=5_000)

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title
