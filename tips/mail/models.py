"""The outbox: what is to be mailed and what became of it. docs/rooms/mail.md draws the states.

No column holds an address or a text: recipient, context and body are sealed with a key outside the database, and a
delivery in a final state has none of them any more.
"""

import json
import zlib
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from tips.keys import sealing


class State(models.TextChoices):
    SCHEDULED = "scheduled"
    LEASED = "leased"
    SENDING = "sending"
    DEFERRED = "deferred"
    UNCERTAIN = "uncertain"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    CANCELLED = "cancelled"
    DEAD = "dead"


WAITING = (State.SCHEDULED, State.DEFERRED, State.UNCERTAIN)
IN_HAND = (State.LEASED, State.SENDING)
UNFINISHED = WAITING + IN_HAND
FINAL = (State.ACCEPTED, State.REJECTED, State.CANCELLED, State.DEAD)
WIPED: dict[str, Any] = {"sealed_to": b"", "sealed_context": b"", "sealed_body": b"", "to_digest": ""}


class Policy(models.TextChoices):
    """What to do when nobody knows whether a mail arrived."""

    RETRY = "retry"
    HOLD = "hold"


class Fate(models.TextChoices):
    """What the provider told later: a word only gives way to one further down."""

    UNTOLD = ""
    DELIVERED = "delivered"
    BOUNCED = "bounced"
    COMPLAINED = "complained"


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def due(self, now: datetime) -> "DeliveryQuerySet":
        return self.filter(due_at__lte=now).order_by("priority", "due_at", "pk")

    def mine(self, claimed: "Delivery", state: State) -> "DeliveryQuerySet":
        """The row of `claimed`, if it is in `state` and in the same worker's hand still."""
        return self.filter(pk=claimed.pk, state=state, lease_token=claimed.lease_token)

    def lapsed(self, *states: State) -> "DeliveryQuerySet":
        """In hand of a worker whose lease ran out, by the clock of the database."""
        return self.filter(state__in=states, lease_until__lte=Now())

    def unfinished(self) -> "DeliveryQuerySet":
        return self.filter(state__in=UNFINISHED)

    def held(self) -> "DeliveryQuerySet":
        """Uncertain and waiting for a person's decision."""
        return self.filter(state=State.UNCERTAIN, due_at=None)


class Delivery(models.Model):
    """One mail to one recipient.

    `due_at` is set only while a worker may take the row: a row in hand, held or finished has none.
    `group` and `idem_key` are opaque words of the caller and must hold nothing personal.
    """

    purpose = models.CharField(max_length=80)
    idem_key = models.CharField(max_length=160, unique=True)
    message_id = models.CharField(max_length=300, unique=True)
    group = models.CharField(max_length=80, blank=True, db_index=True)
    alone = models.BooleanField(default=False, help_text="the only one of its group that is not finished")
    state = models.CharField(max_length=10, choices=State, default=State.SCHEDULED)
    policy = models.CharField(max_length=5, choices=Policy, default=Policy.RETRY)
    priority = models.PositiveSmallIntegerField(default=5)
    due_at = models.DateTimeField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    lease_token = models.CharField(max_length=32, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    entries = models.PositiveSmallIntegerField(default=0, help_text="lines in the journal")
    doubts = models.PositiveSmallIntegerField(default=0)
    stopped = models.BooleanField(default=False)
    sealed_to = models.BinaryField()
    to_digest = models.CharField(max_length=64, blank=True)
    sealed_context = models.BinaryField()
    sealed_body = models.BinaryField(default=b"")
    last_code = models.CharField(max_length=40, blank=True)
    last_reason = models.CharField(max_length=20, blank=True)
    fate = models.CharField(max_length=10, choices=Fate, default=Fate.UNTOLD, blank=True)
    created_day = models.DateField()

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        indexes = [
            models.Index(fields=["priority", "due_at", "id"], name="mail_due", condition=Q(due_at__isnull=False)),
            models.Index(fields=["lease_until"], name="mail_leases", condition=Q(lease_until__isnull=False)),
        ]
        constraints = [
            models.UniqueConstraint(
                name="mail_alone", fields=["group"], condition=Q(alone=True, stopped=False, state__in=UNFINISHED)
            ),
            models.CheckConstraint(name="mail_known_state", condition=Q(state__in=State.values)),
            models.CheckConstraint(name="mail_known_fate", condition=Q(fate__in=Fate.values)),
            models.CheckConstraint(name="mail_known_policy", condition=Q(policy__in=Policy.values)),
            models.CheckConstraint(
                name="mail_due_only_when_waiting",
                condition=Q(due_at__isnull=True) | Q(state__in=WAITING),
            ),
            models.CheckConstraint(
                name="mail_lease_only_in_hand",
                condition=Q(lease_until__isnull=False, state__in=IN_HAND)
                | Q(lease_until__isnull=True, state__in=WAITING + FINAL),
            ),
            models.CheckConstraint(
                name="mail_wiped_when_final",
                condition=Q(state__in=UNFINISHED) | Q(sealed_to=b"", sealed_context=b"", sealed_body=b"", to_digest=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk} {self.state}"

    @property
    def recipient(self) -> str:
        return sealing.unseal("outbox", bytes(self.sealed_to)).decode()

    @property
    def context(self) -> dict[str, Any]:
        context: dict[str, Any] = json.loads(sealing.unseal("outbox", bytes(self.sealed_context)))
        return context

    @property
    def body(self) -> bytes:
        """The message as it first went out, which `sealed_body` holds compressed; empty before that."""
        return zlib.decompress(sealing.unseal("outbox", bytes(self.sealed_body))) if self.sealed_body else b""

    def let_go(self, state: State, *, due: datetime | None = None) -> None:
        """Out of the worker's hand; `due` says when the next may take it."""
        self.state, self.due_at, self.lease_until, self.lease_token = state, due, None, ""

    def finish(self, state: State) -> None:
        self.let_go(state)
        self.sealed_to = self.sealed_context = self.sealed_body = b""
        self.to_digest = ""


class DeliveryAttempt(models.Model):
    """The journal: one row for each attempt whose outcome is known, or known to be unknown."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="journal")
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    outcome = models.CharField(max_length=20)
    code = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["delivery", "number"]
        constraints = [models.UniqueConstraint(fields=["delivery", "number"], name="mail_one_attempt_per_number")]

    def __str__(self) -> str:
        return f"{self.number}: {self.outcome} {self.code}"


class SuppressionQuerySet(models.QuerySet["Suppression"]):
    def of(self, address_digest: str, *, scope: str = "") -> "SuppressionQuerySet":
        """Of all mail to that address, and of `scope` alone where one is given."""
        return self.filter(address_digest=address_digest, scope__in={"", scope})


class Suppression(models.Model):
    """An address that gets no more mail, or none of the list `scope`. Survives erasure: see suppressions.py."""

    address_digest = models.CharField(max_length=64)
    scope = models.CharField(max_length=40, blank=True)
    reason = models.CharField(max_length=20)
    since = models.DateField()

    objects = SuppressionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["address_digest", "scope"], name="mail_one_suppression")]

    def __str__(self) -> str:
        return f"{self.scope or 'all'}: {self.reason} since {self.since}"


class ProviderEvent(models.Model):
    """What a provider told, once: it tells at least once. No address, no text."""

    digest = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=20)
    day = models.DateField()

    def __str__(self) -> str:
        return f"{self.kind} on {self.day}"


class SoftBounce(models.Model):
    """A day on which a mailbox was full or away."""

    address_digest = models.CharField(max_length=64)
    day = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["address_digest", "day"], name="mail_one_point_a_day")]

    def __str__(self) -> str:
        return str(self.day)


class RateBucket(models.Model):
    """How many mails may go out now, for one limit of EMAIL_RATE (a token bucket)."""

    limit = models.CharField(max_length=30, unique=True)
    tokens = models.FloatField()
    updated = models.DateTimeField()
    slow_until = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.limit}: {self.tokens:.1f}"


class ProviderPause(models.Model):
    """The circuit breaker, one row or none: nothing is sent before `until`; an acceptance removes it."""

    singleton = models.BooleanField(default=True, unique=True, editable=False)
    until = models.DateTimeField()
    faults = models.PositiveIntegerField(default=1)
    code = models.CharField(max_length=40)

    class Meta:
        constraints = [models.CheckConstraint(name="mail_one_pause", condition=Q(singleton=True))]

    def __str__(self) -> str:
        return f"until {self.until:%Y-%m-%d %H:%M}: {self.code}"
