"""Objections: looked at by somebody else where there is somebody else, and answered with a new reason."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.roles import other_moderators
from tips.cases.models import Action, Case, Decision, NotAllowed, State
from tips.mail.outbox import compose
from tips.moderation import flows
from tips.moderation.recording import record
from tips.moderation.subjects import subject
from tips.receipts import store
from tips.receipts.models import Address

ANSWERED = "moderation/mail/objected"


def may_answer(decision: Decision, user: User) -> bool:
    """Whoever decided must leave it to another moderator, if there is one."""
    return decision.by_id != user.pk or not other_moderators(user)


@transaction.atomic
def uphold(*, case: Case, reason: str, note: str, by: User, version: int, now: datetime) -> Decision:
    """It stays as decided, for a reason that is said anew. Raises Conflict, and NotAllowed to whoever decided first."""
    return _answer(case, Action.UPHOLD, reason=reason, note=note, by=by, version=version, now=now)


@transaction.atomic
def overturn(*, case: Case, note: str, by: User, version: int, now: datetime) -> Decision:
    """Its author was right: published, or public again. Raises what `uphold` and `flows.publish` do."""
    answer = _answer(case, Action.OVERTURN, reason="", note=note, by=by, version=version, now=now)
    item = Case.objects.get(pk=case.objection.decision.case_id)
    if item.state != State.PUBLISHED:
        flows.publish(case=item, by=by, version=item.version, now=now)
    return answer


def _answer(case: Case, action: Action, *, reason: str, note: str, by: User, version: int, now: datetime) -> Decision:
    contested = case.objection.decision
    if not may_answer(contested, by):
        raise NotAllowed("somebody else must look at it")
    before = case.move(to=State.ANSWERED, version=version)
    answer = record(case, action, before, by=by, now=now, reason=reason, note=note)
    _tell(contested, answer, now=now)
    return answer


def _tell(contested: Decision, answer: Decision, *, now: datetime) -> None:
    receipt = subject(contested.case).receipt()
    address = store.address(receipt, Address.Purpose.DECISION) if receipt else ""
    if receipt and address:
        compose(
            ANSWERED,
            to=address,
            context={"answer": answer.pk, "receipt": receipt.pk},
            key=f"objected:{answer.pk}",
            now=now,
            group=f"receipt:{receipt.pk}",
        )
        store.purpose_ended(receipt, today=timezone.localdate(now))
