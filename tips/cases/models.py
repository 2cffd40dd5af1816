"""The workflow of anything that waits to be read. A case knows nothing of what it is about: the row points at it."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils import timezone


class State(models.TextChoices):
    WAITING = "waiting"
    PUBLISHED = "published"
    DECLINED = "declined"
    SPAM = "spam"
    HIDDEN = "hidden"
    WITHDRAWN = "withdrawn"
    ANSWERED = "answered"  # messages only


# From a state, by a moderator's or an author's step, to a state. Undo goes back along any of them.
STEPS: dict[str, frozenset[str]] = {
    State.WAITING: frozenset({State.PUBLISHED, State.DECLINED, State.SPAM, State.WITHDRAWN, State.ANSWERED}),
    State.PUBLISHED: frozenset({State.HIDDEN, State.WITHDRAWN}),
    State.DECLINED: frozenset({State.PUBLISHED, State.WITHDRAWN}),
    State.SPAM: frozenset({State.PUBLISHED, State.DECLINED}),
    State.ANSWERED: frozenset(),
    State.HIDDEN: frozenset({State.PUBLISHED, State.WITHDRAWN}),
    State.WITHDRAWN: frozenset(),
}
UNDO_FOR = timedelta(days=30)


class Kind(models.TextChoices):
    PAGE = "page"
    COMMENT = "comment", "reply"
    MESSAGE = "message"


class Priority(models.IntegerChoices):
    """Higher is read first: by possible harm, then by age."""

    ORDINARY = 0, "ordinary"
    SEE_GP = 1, "see a GP"
    SAME_DAY = 2, "same day"
    EMERGENCY = 3, "emergency"


class Conflict(Exception):
    """Somebody else decided first; `case` is how it stands now."""

    def __init__(self, case: "Case") -> None:
        super().__init__(f"case {case.pk} is {case.state} at version {case.version}")
        self.case = case


class NotAllowed(Exception):
    """There is no step from this state to that one."""


class CaseQuerySet(models.QuerySet["Case"]):
    def waiting(self) -> Self:
        return self.filter(state=State.WAITING)

    def most_urgent_first(self) -> Self:
        return self.order_by("-priority", "opened_at", "pk")


class Case(models.Model):
    kind = models.CharField(max_length=12, choices=Kind.choices)
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    version = models.PositiveIntegerField(default=1)
    priority = models.PositiveSmallIntegerField(choices=Priority.choices, default=Priority.ORDINARY)
    flags = models.JSONField(default=list)  # slugs of warning signs found
    signals = models.JSONField(default=list)  # why it deserves a second look, in words: "sent in under three seconds"
    opened_at = models.DateTimeField()

    objects: ClassVar[models.Manager["Case"]] = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=State.values), name="case_state_known"),
        ]
        indexes = [models.Index(fields=["state", "-priority", "opened_at"], name="case_queue")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}: {self.state}"

    def move(self, *, to: str, version: int) -> str:
        """Take the step if nobody else took one since `version`; the state before. Raises Conflict or NotAllowed."""
        before = self.state
        if version == self.version and to not in STEPS[before]:
            raise NotAllowed(f"{before} to {to}")
        self.put(to=to, version=version)
        return before

    def put(self, *, to: str, version: int) -> None:
        """Compare and set, whatever the step: for `move` and for undo."""
        changed = Case.objects.filter(pk=self.pk, version=version).update(state=to, version=F("version") + 1)
        self.refresh_from_db()
        if not changed:
            raise Conflict(self)

    def age(self, now: datetime) -> timedelta:
        return max(now - self.opened_at, timedelta(0))


class Reason(models.TextChoices):
    """Why something is not shown. The words are what its author reads."""

    SPAM_LINK = "spam-link", "it leads readers to another site to sell or advertise"
    SPAM_PRODUCT = "spam-product", "it advertises a product or a service"
    DRUG_SALE = "drug-sale", "it offers medicines or drugs"
    OFF_TOPIC = "off-topic", "it is not about backs, necks or living with pain"
    DUPLICATE = "duplicate", "the same words are already on the site"
    UNREADABLE = "unreadable", "we could not make out what it says"
    PERSONAL_SELF = "personal-data-self", "it holds details by which strangers could find you"
    PERSONAL_OTHER = "personal-data-other", "it holds details by which strangers could find somebody else"
    HARASSMENT = "harassment", "it is unkind to somebody"
    HATE = "hate", "it attacks people for who they are"
    GRAPHIC = "graphic-image", "its picture would upset readers"
    SELF_HARM_METHOD = "self-harm-method", "it describes a way to come to harm"
    DANGEROUS = "dangerous-advice", "what it recommends could hurt a reader"
    UNSUPPORTED_CURE = "unsupported-cure", "it promises a cure"
    EMERGENCY = "medical-emergency", "what it describes needs checking now, by people who can see you"
    IMPERSONATION = "impersonation", "it is written in somebody else's name"
    COPYRIGHT = "copyright", "its words or picture seem to belong to somebody else"
    MINOR_SAFETY = "minor-safety", "it could put a young person at risk"
    ILLEGAL = "illegal", "the law does not let us show it"
    TEST = "test", "it looks like a test"


class Action(models.TextChoices):
    PUBLISH = "publish", "published"
    DECLINE = "decline", "declined"
    SPAM = "spam", "marked as spam"
    ANSWER = "answer", "dealt with"
    HIDE = "hide", "hidden"
    UNDO = "undo", "undone"


class Decision(models.Model):
    """One decision, kept for ever as a statement of reasons. Nothing here says who wrote the thing decided."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="decisions")
    action = models.CharField(max_length=12, choices=Action.choices)
    state_before = models.CharField(max_length=12, choices=State.choices)
    state_after = models.CharField(max_length=12, choices=State.choices)
    reason = models.CharField(max_length=24, choices=Reason.choices, blank=True)
    note = models.TextField(blank=True)  # read by the author
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    undoes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="undone_by")
    decided_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(action__in=[Action.DECLINE, Action.HIDE]) | ~models.Q(reason=""),
                name="decision_against_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action} of case {self.case_id}"

    def can_be_undone(self, now: datetime) -> bool:
        return self.action != Action.UNDO and not hasattr(self, "undone_by") and now - self.decided_at < UNDO_FOR


def statement(decision: Decision) -> dict[str, Any]:
    """What the author may read of a decision."""
    return {
        "action": decision.action,
        "reason": decision.get_reason_display() if decision.reason else "",
        "note": decision.note,
        "day": decision.decided_at.date(),
    }
