"""Decisions, each one transaction: the case, the statement of reasons, what readers see, what the author hears."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from tips.cases.models import Action, Case, Decision, State
from tips.moderation.recording import record, tell_author
from tips.moderation.subjects import subject
from tips.moderation.undoing import undo
from tips.receipts.replies import announce

__all__ = [
    "ask_for_changes",
    "deal_with_message",
    "decline",
    "edit_and_publish",
    "hide",
    "mark_spam",
    "publish",
    "remove",
    "undo",
]


@transaction.atomic
def publish(
    *, case: Case, by: User | None, version: int, now: datetime, action: Action = Action.PUBLISH, note: str = ""
) -> Decision:
    """Raises cases.Conflict when somebody else decided since `version`, NotAllowed from a state it cannot leave."""
    kept = subject(case).standing()
    before = case.move(to=State.PUBLISHED, version=version)
    about = subject(case)
    about.show(timezone.localdate(now))
    decision = record(case, action, before, by=by, now=now, kept=kept, note=note)
    tell_author(about, decision, now=now)
    if about.comment:
        announce(comment=about.comment, now=now)
    return decision


@transaction.atomic
def edit_and_publish(
    *,
    case: Case,
    title: str,
    source: str,
    note: str,
    by: User | None,
    version: int,
    now: datetime,
    besides: Mapping[str, str] | None = None,
) -> Decision:
    """With a moderator's small changes, which its author is shown. A reply has no title; `besides`: other words for the
    pieces of these names (outcomes/wording.py). Raises what `publish` does."""
    if version == case.version:  # else `publish` refuses
        today = timezone.localdate(now)
        subject(case).edit(title=title, source=source, besides=besides or {}, by=by, today=today)
    fresh = Case.objects.get(pk=case.pk)
    return publish(case=fresh, by=by, version=version, now=now, action=Action.EDIT, note=note)


@transaction.atomic
def ask_for_changes(*, case: Case, reason: str, note: str, by: User | None, version: int, now: datetime) -> Decision:
    """Its author gets the words back, and what to change; their next version goes on in the same case."""
    before = case.move(to=State.CHANGES_ASKED, version=version)
    decision = record(case, Action.ASK, before, by=by, now=now, reason=reason, note=note)
    tell_author(subject(case), decision, now=now)
    return decision


@transaction.atomic
def decline(*, case: Case, reason: str, note: str, by: User | None, version: int, now: datetime) -> Decision:
    before = case.move(to=State.DECLINED, version=version)
    decision = record(case, Action.DECLINE, before, by=by, now=now, reason=reason, note=note)
    tell_author(subject(case), decision, now=now)
    return decision


@transaction.atomic
def mark_spam(*, case: Case, by: User | None, version: int, now: datetime, batch: str = "") -> Decision:
    """Nobody is told: a machine would only learn. It stays in the bin, and can be taken out of it."""
    before = case.move(to=State.SPAM, version=version)
    return record(case, Action.SPAM, before, by=by, now=now, batch=batch)


@transaction.atomic
def deal_with_message(
    *, case: Case, spam: bool, by: User | None, version: int, now: datetime, note: str = ""
) -> Decision:
    """A message or a report, and those that say the same, need nothing more. Addresses go 30 days later."""
    state, action = (State.SPAM, Action.SPAM) if spam else (State.ANSWERED, Action.ANSWER)
    before = case.move(to=state, version=version)
    for same in case.joined.waiting():
        record(same, action, same.move(to=state, version=same.version), by=by, now=now, note=note)
    return record(case, action, before, by=by, now=now, note=note)


def hide(*, case: Case, reason: str, note: str, by: User | None, version: int, now: datetime) -> Decision:
    """Off the site for now."""
    return _take_down(Action.HIDE, State.HIDDEN, case, reason, note, by=by, version=version, now=now)


def remove(*, case: Case, reason: str, note: str, by: User | None, version: int, now: datetime) -> Decision:
    """Off the site for good, unless it is undone or an objection is right."""
    return _take_down(Action.REMOVE, State.REMOVED, case, reason, note, by=by, version=version, now=now)


@transaction.atomic
def _take_down(
    action: Action, to: State, case: Case, reason: str, note: str, *, by: User | None, version: int, now: datetime
) -> Decision:
    kept = subject(case).standing()
    before = case.move(to=to, version=version)
    about = subject(case)
    about.take_down()
    decision = record(case, action, before, by=by, now=now, reason=reason, note=note, kept=kept)
    tell_author(about, decision, now=now)
    return decision
