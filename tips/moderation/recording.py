"""What every decision leaves behind: a statement of reasons, a row in the log, a letter to its author."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from tips.audit import log
from tips.cases.models import Action, Case, Decision
from tips.mail.outbox import compose
from tips.moderation.subjects import Subject, subject
from tips.receipts import store
from tips.receipts.models import Address
from tips.safety.rules import marked

TELL_AFTER = timedelta(minutes=10)  # so that "take my name off" overtakes the mail


@transaction.atomic
def record(
    case: Case,
    action: Action,
    before: str,
    *,
    by: User | None,
    now: datetime,
    reason: str = "",
    note: str = "",
    undoes: Decision | None = None,
    kept: Mapping[str, Any] | None = None,
    batch: str = "",
) -> Decision:
    """After the case has moved. `by` None: the terminal, or the site itself."""
    about = described(case)
    decision = Decision.objects.create(
        case=case,
        action=action,
        state_before=before,
        state_after=case.state,
        reason=reason,
        note=note,
        scope=about.scope if about else case.get_kind_display(),
        helped=noticed(case),
        by=by,
        undoes=undoes,
        kept=dict(kept or {}),
        batch=batch,
        decided_at=now,
    )
    log.append(
        actor=f"staff:{by.pk}" if by else "site",
        action=action,
        about=f"case:{case.pk}",
        reason=reason,
        content=about.story if about else "",
        day=timezone.localdate(now),
    )
    return decision


def described(case: Case) -> Subject | None:
    """None for what is never shown: messages, reports, objections."""
    try:
        return subject(case)
    except LookupError:
        return None


def noticed(case: Case) -> list[str]:
    """What programs noticed in it, in words."""
    rules = [flag.name for flag in map(marked, case.flags) if flag] + [rule for rule, _ in case.matches]
    return [*dict.fromkeys(rules), *case.signals]


def tell_author(about: Subject, decision: Decision, *, now: datetime) -> None:
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
    if decision.action != Action.ASK:
        store.purpose_ended(receipt, today=timezone.localdate(now))
