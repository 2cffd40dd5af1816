"""An author thinks that a decision was wrong, and says so once, by the private code."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from tips.cases.models import Case, Decision, Kind, Objection, Priority
from tips.practice.urgency import noticed, urgency
from tips.receipts.models import Receipt
from tips.safety.find import find
from tips.sharing.mine_edits import NotNow
from tips.sharing.mine_flows import case_of
from tips.sharing.telling import tell_owner


def contested(receipt: Receipt) -> Decision | None:
    """The decision against it as it stands, if nobody objected to it yet."""
    case = case_of(receipt)
    newest = case.decisions.first()
    if receipt.withdrawn_on or newest is None or not newest.is_against or newest.state_after != case.state:
        return None
    return None if Objection.objects.filter(decision=newest).exists() else newest


def newest_objection(receipt: Receipt) -> Objection | None:
    return Objection.objects.filter(decision__case=case_of(receipt)).select_related("case").order_by("pk").last()


@transaction.atomic
def object_to_decision(*, receipt: Receipt, text: str, now: datetime) -> Objection:
    """It waits in a case of its own, before what is merely new. Raises NotNow where there is nothing to object to."""
    item = Case.objects.select_for_update().get(pk=case_of(receipt).pk)
    decision = contested(receipt)
    if decision is None:
        raise NotNow
    finding = find(text)
    case = Case.objects.create(
        kind=Kind.OBJECTION,
        regards=item,
        opened_at=now,
        **{**noticed(finding), "priority": max(urgency(finding), Priority.SEE_GP)},
    )
    tell_owner(case, now=now)
    return Objection.objects.create(case=case, decision=decision, text=text, made_on=timezone.localdate(now))
