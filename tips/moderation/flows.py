"""Decisions, each one transaction: the case, the statement of reasons, what readers see, what the author hears."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from tips.cases.models import Action, Case, Decision, NotAllowed, State
from tips.mail.outbox import cancel, compose
from tips.moderation.subjects import Subject, subject
from tips.receipts import store
from tips.receipts.models import Address

TELL_AFTER = timedelta(minutes=10)  # so that "take my name off" overtakes the mail


@transaction.atomic
def publish(*, case: Case, by: User | None, version: int, now: datetime) -> Decision:
    """Raises cases.Conflict when somebody else decided since `version`, NotAllowed from a state it cannot leave."""
    before = case.move(to=State.PUBLISHED, version=version)
    about = subject(case)
    about.show(timezone.localdate(now))
    decision = _record(case, Action.PUBLISH, before, by=by, now=now)
    _tell_author(about, decision, now=now)
    return decision


@transaction.atomic
def decline(*, case: Case, reason: str, note: str, by: User | None, version: int, now: datetime) -> Decision:
    before = case.move(to=State.DECLINED, version=version)
    decision = _record(case, Action.DECLINE, before, by=by, now=now, reason=reason, note=note)
    _tell_author(subject(case), decision, now=now)
    return decision


@transaction.atomic
def mark_spam(*, case: Case, by: User | None, version: int, now: datetime) -> Decision:
    """Nobody is told: a machine would only learn. It stays in the bin, and can be taken out of it."""
    before = case.move(to=State.SPAM, version=version)
    return _record(case, Action.SPAM, before, by=by, now=now)


@transaction.atomic
def deal_with_message(*, case: Case, spam: bool, by: User | None, version: int, now: datetime) -> Decision:
    """A message or a report needs nothing more. Its address is forgotten 30 days later."""
    before = case.move(to=State.SPAM if spam else State.ANSWERED, version=version)
    return _record(case, Action.SPAM if spam else Action.ANSWER, before, by=by, now=now)


@transaction.atomic
def hide(*, case: Case, reason: str, note: str, by: User | None, version: int, now: datetime) -> Decision:
    before = case.move(to=State.HIDDEN, version=version)
    about = subject(case)
    about.take_down()
    decision = _record(case, Action.HIDE, before, by=by, now=now, reason=reason, note=note)
    _tell_author(about, decision, now=now)
    return decision


@transaction.atomic
def undo(*, decision: Decision, by: User | None, now: datetime) -> Decision:
    """Put state, readers' view and search back as they were; a mail that has not been sent is called back."""
    case = decision.case
    if not decision.can_be_undone(now) or case.state != decision.state_after:
        raise NotAllowed("only the newest decision can be undone, within 30 days")
    case.put(to=decision.state_before, version=case.version)
    about = subject(case)
    if decision.state_before == State.PUBLISHED:
        about.show(timezone.localdate(now))
    elif decision.state_after == State.PUBLISHED:
        about.take_down()
    cancel(f"decision:{decision.pk}")
    return _record(case, Action.UNDO, decision.state_after, by=by, now=now, undoes=decision)


def _record(
    case: Case,
    action: Action,
    before: str,
    *,
    by: User | None,
    now: datetime,
    reason: str = "",
    note: str = "",
    undoes: Decision | None = None,
) -> Decision:
    return Decision.objects.create(
        case=case,
        action=action,
        state_before=before,
        state_after=case.state,
        reason=reason,
        note=note,
        by=by,
        undoes=undoes,
        decided_at=now,
    )


def _tell_author(about: Subject, decision: Decision, *, now: datetime) -> None:
    receipt = about.receipt()
    address = store.address(receipt, Address.Purpose.DECISION) if receipt else ""
    if not receipt or not address:
        return
    compose(
        "moderation/mail/decided",
        to=address,
        context={"decision": decision.pk, "receipt": receipt.pk},
        key=f"decision:{decision.pk}",
        now=now,
        due=now + TELL_AFTER,
        group=f"decision:{decision.pk}",
    )
    store.purpose_ended(receipt, today=timezone.localdate(now))
