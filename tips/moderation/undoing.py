"""Decisions taken back, one or a whole batch."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from tips.cases.models import SETTLES_AFTER, Action, Case, Conflict, Decision, NotAllowed, State
from tips.mail.outbox import cancel
from tips.moderation.recording import record
from tips.moderation.subjects import ADDRESS, subject
from tips.pages.models import Visibility
from tips.receipts import store


@transaction.atomic
def undo(*, decision: Decision, by: User | None, now: datetime, batch: str = "") -> Decision:
    """Put state, words, readers' view and search back as they were; a mail that has not been sent is called back."""
    case = Case.objects.get(pk=decision.case_id)
    if not decision.can_be_undone(now) or case.state != decision.state_after or _is_older(decision):
        raise NotAllowed("only the newest decision can be undone, within 30 days")
    case.put(to=decision.state_before, version=case.version)
    about = subject(case)
    if State.PUBLISHED in {decision.state_before, decision.state_after}:
        about.restore(_kept(decision, now), edited=decision.action == Action.EDIT)
    cancel(f"decision:{decision.pk}")
    receipt = about.receipt()
    if receipt and decision.state_before in {State.WAITING, State.CHANGES_ASKED}:
        store.purpose_goes_on(receipt)
    return record(case, Action.UNDO, decision.state_after, by=by, now=now, undoes=decision, batch=batch)


def undo_batch(*, batch: str, by: User | None, now: datetime) -> tuple[int, int]:
    """Every decision of the batch that nobody changed since; how many were undone, and how many were not."""
    decisions = Decision.objects.filter(batch=batch).exclude(action=Action.UNDO).select_related("case")
    return _each(decisions, by=by, now=now)


def _each(decisions: Iterable[Decision], *, by: User | None, now: datetime) -> tuple[int, int]:
    undone = left = 0
    for decision in decisions:
        try:
            undo(decision=decision, by=by, now=now)
        except (NotAllowed, Conflict):
            left += 1
        else:
            undone += 1
    return undone, left


def _is_older(decision: Decision) -> bool:
    newer = Decision.objects.filter(case=decision.case_id, pk__gt=decision.pk).select_related("undone_by")
    return any(each.action != Action.UNDO and not hasattr(each, "undone_by") for each in newer)


def _kept(decision: Decision, now: datetime) -> dict[str, Any]:
    """How it stood. Once feeds and letters may have told of an address, it stays known, as one that is gone."""
    was_public = decision.state_before == State.PUBLISHED
    kept = decision.kept or {"visibility": Visibility.PUBLISHED if was_public else Visibility.GONE}
    if kept["visibility"] != Visibility.UNPUBLISHED or now - decision.decided_at < SETTLES_AFTER:
        return dict(kept)
    return {name: value for name, value in kept.items() if name not in ADDRESS} | {"visibility": Visibility.GONE}
