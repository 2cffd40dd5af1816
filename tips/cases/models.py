"""The workflow of anything that waits to be read. A case knows nothing of what it is about: the row points at it."""

from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils import timezone

from tips.cases.reasons import Reason


class State(models.TextChoices):
    WAITING = "waiting"
    PUBLISHED = "published"
    DECLINED = "declined"
    SPAM = "spam"
    HIDDEN = "hidden"
    WITHDRAWN = "withdrawn"
    CHANGES_ASKED = "changes", "please change"  # with its author again, whose next version goes on in the same case
    ANSWERED = "answered"  # messages, reports and objections only
    REMOVED = "removed"  # off the site for good, unless it is undone or an objection is right


# From a state, by a moderator's or an author's step, to a state. Undo goes back along any of them.
STEPS: dict[str, frozenset[str]] = {
    State.WAITING: frozenset(
        {State.PUBLISHED, State.DECLINED, State.SPAM, State.WITHDRAWN, State.ANSWERED, State.CHANGES_ASKED}
    ),
    State.CHANGES_ASKED: frozenset({State.WAITING, State.PUBLISHED, State.DECLINED, State.SPAM, State.WITHDRAWN}),
    State.PUBLISHED: frozenset(
        {State.HIDDEN, State.REMOVED, State.WITHDRAWN, State.WAITING}
    ),  # waiting: a reply much changed
    State.DECLINED: frozenset({State.PUBLISHED, State.WITHDRAWN}),
    State.SPAM: frozenset({State.PUBLISHED, State.DECLINED}),
    State.ANSWERED: frozenset(),
    State.HIDDEN: frozenset({State.PUBLISHED, State.REMOVED, State.WITHDRAWN}),
    State.REMOVED: frozenset({State.PUBLISHED, State.WITHDRAWN}),
    State.WITHDRAWN: frozenset(),
}
UNDO_FOR = timedelta(days=30)
SETTLES_AFTER = timedelta(minutes=10)  # feeds and mails to others wait, so that "take my name off" overtakes them


class Kind(models.TextChoices):
    PAGE = "page"
    COMMENT = "comment", "reply"
    MESSAGE = "message"  # a report is one, too
    OBJECTION = "objection"


READ_TO_BE_SHOWN = (Kind.PAGE, Kind.COMMENT)


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

    def to_be_shown(self) -> Self:
        """Pages and replies, which can be published."""
        return self.filter(kind__in=READ_TO_BE_SHOWN)

    def each_once(self) -> Self:
        """Without reports of what was reported before and still waits."""
        return self.filter(joins__isnull=True)

    def most_urgent_first(self) -> Self:
        """By possible harm; what looks like an advert after the others; then what has waited longest."""
        return self.order_by("-priority", "late", "opened_at", "pk")


class Case(models.Model):
    kind = models.CharField(max_length=12, choices=Kind.choices)
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    version = models.PositiveIntegerField(default=1)
    priority = models.PositiveSmallIntegerField(choices=Priority.choices, default=Priority.ORDINARY)
    flags = models.JSONField(default=list)  # slugs of warning signs found
    signals = models.JSONField(default=list)  # why it deserves a second look, in words: "sent in under three seconds"
    weights = models.JSONField(default=list)  # points of each of the signals
    late = models.BooleanField(default=False)  # so many points that it is read after the others of its priority
    matches = models.JSONField(
        default=list
    )  # [[name of the rule, the writer's words], …]: what the flags were found by, and what could hurt somebody
    joins = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="joined")  # the same report
    regards = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="regarded_by")
    opened_at = models.DateTimeField()

    objects: ClassVar[models.Manager["Case"]] = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=State.values), name="case_state_known"),
        ]
        indexes = [models.Index(fields=["state", "-priority", "late", "opened_at"], name="case_queue")]

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

    @property
    def points(self) -> int:
        return sum(self.weights)


class Action(models.TextChoices):
    PUBLISH = "publish", "published"
    EDIT = "edit", "published with small changes"
    ASK = "ask", "sent back with a question"
    DECLINE = "decline", "declined"
    SPAM = "spam", "marked as spam"
    ANSWER = "answer", "dealt with"
    HIDE = "hide", "hidden"
    REMOVE = "remove", "removed"
    UPHOLD = "uphold", "looked at again: it stays as decided"
    OVERTURN = "overturn", "looked at again: decided otherwise"
    UNDO = "undo", "undone"


AGAINST = (Action.DECLINE, Action.SPAM, Action.HIDE, Action.REMOVE)
UNDOABLE = (Action.PUBLISH, Action.EDIT, Action.ASK, *AGAINST)


class DecisionQuerySet(models.QuerySet["Decision"]):
    def lately(self, now: datetime) -> Self:
        """Too young to be told to anybody but the author."""
        return self.filter(decided_at__gt=now - SETTLES_AFTER)

    def first_answers(self) -> Self:
        """Decisions that ended somebody's waiting for a page or a reply."""
        first = Decision.objects.filter(case=models.OuterRef("case")).order_by("pk").values("pk")[:1]
        return self.filter(
            pk=models.Subquery(first),
            state_before=State.WAITING,
            action__in=(Action.PUBLISH, Action.EDIT, Action.ASK, Action.DECLINE),
            case__kind__in=READ_TO_BE_SHOWN,
        )


class Decision(models.Model):
    """One decision, kept for ever as a statement of reasons. Nothing here says who wrote the thing decided."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="decisions")
    action = models.CharField(max_length=12, choices=Action.choices)
    state_before = models.CharField(max_length=12, choices=State.choices)
    state_after = models.CharField(max_length=12, choices=State.choices)
    reason = models.CharField(max_length=24, choices=Reason.choices, blank=True)
    note = models.TextField(blank=True)  # the facts in plain words, read by the author
    scope = models.CharField(max_length=20, blank=True)  # what it is about: "page", "new version", "reply"
    helped = models.JSONField(default=list)  # what programs had noticed, in words; empty: people alone
    kept = models.JSONField(default=dict)  # how the thing stood before, for undo; never its words
    batch = models.CharField(max_length=20, blank=True, db_index=True)  # of many at once
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    undoes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="undone_by")
    decided_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager["Decision"]] = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(action__in=[Action.DECLINE, Action.HIDE, Action.REMOVE]) | ~models.Q(reason=""),
                name="decision_against_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action} of case {self.case_id}"

    @property
    def is_against(self) -> bool:
        return self.action in AGAINST

    def can_be_undone(self, now: datetime) -> bool:
        return self.action in UNDOABLE and not hasattr(self, "undone_by") and now - self.decided_at < UNDO_FOR


class Objection(models.Model):
    """Its author thinks that a decision was wrong: said once, and looked at by somebody else where there is one."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="objection")
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="objection")
    text = models.TextField(blank=True)
    made_on = models.DateField()

    objects: ClassVar[models.Manager["Objection"]] = models.Manager()

    def __str__(self) -> str:
        return f"objection to decision {self.decision_id}"
