"""A message to the owner: stored first, mailed second."""

import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from tips.cases.models import Case, Kind
from tips.contact import reasons, wording
from tips.contact.models import Message
from tips.course import flows as course
from tips.guard.points import Judgement, is_hard
from tips.guard.weighing import weigh
from tips.keys import sealing
from tips.mail import outbox
from tips.practice.current import site
from tips.practice.urgency import noticed, urgency
from tips.safety.find import Finding, find

TO_OWNER = "contact/mail/to_owner"
RECEIVED = "contact/mail/received"
PLACE = "/contact/"
ADDRESS_KEPT_FOR = timedelta(days=30)  # after the message was dealt with

_LINK = re.compile(r"://|@|\w\.\w")

logger = logging.getLogger(__name__)


@transaction.atomic
def send(
    *,
    name: str,
    email: str,
    text: str,
    wants_course: bool,
    signals: Sequence[str],
    now: datetime,
    about: str = "",
    reason: str = "",
) -> dict[str, Any]:
    """Store the message with its case and put its letters into the outbox; what its receipt page shows.

    `email` is a valid address or empty, and not empty where the course is wanted. `about` makes it a report: the
    address on this site that it is about, and `reason` a code of `reasons.REASONS`. While an earlier report of the same
    address waits, this one joins it.
    """
    finding = find(text)
    case = _open_case(finding, weigh(text, signals, is_new=False).judgement, now, _earlier(about), reason)
    message = _store(name=name, email=email, text=text, about=about, reason=reason, case=case, now=now)
    if site().notify:
        _mail(TO_OWNER, site().notify, message, now=now, priority=1 if finding.level == "E" else 5)
    if email:
        _mail(RECEIVED, email, message, now=now, quote=not is_hard(signals) and not _has_link(text))
    if wants_course:
        course.request(email=email, place=PLACE, now=now)
    return {"flags": list(finding.marks), "level": finding.level, "mailed": bool(email), "course": wants_course}


def _earlier(about: str) -> Case | None:
    """The case that reports of this address join."""
    waiting = Case.objects.waiting().each_once().select_for_update(of=("self",))
    return waiting.filter(kind=Kind.MESSAGE, message__about=about).order_by("pk").first() if about else None


def _open_case(
    finding: Finding, judgement: Judgement, now: datetime, earlier: Case | None = None, reason: str = ""
) -> Case:
    """What somebody tells the owner alone hurts nobody: only their own warning signs, and a reason, make it urgent."""
    how_soon = urgency(finding)
    if reason:
        how_soon = max(how_soon, reasons.priority(reason))
    if earlier and earlier.priority < how_soon:
        earlier.priority = how_soon
        earlier.save(update_fields=["priority"])
    columns = {**noticed(finding, replace(judgement, harms=())), "priority": how_soon}
    return Case.objects.create(kind=Kind.MESSAGE, joins=earlier, opened_at=now, **columns)


def _store(*, name: str, email: str, text: str, about: str, reason: str, case: Case, now: datetime) -> Message:
    return Message.objects.create(
        name=name,
        text=text,
        about=about,
        reason=reason,
        sealed_address=sealing.seal("addresses", email.encode()) if email else b"",
        address_digest=sealing.digest("address", email.casefold()) if email else "",
        consent=wording.VERSION,
        consent_on=now.date(),
        case=case,
    )


def _mail(purpose: str, to: str, message: Message, *, now: datetime, priority: int = 5, **more: Any) -> None:
    """A letter that cannot be put into the outbox (a key out of reach, say) must not cost the message."""
    context: Mapping[str, Any] = {"message": message.public_id, "day": now.date().isoformat(), **more}
    key = f"{purpose.rpartition('/')[2]}:{message.public_id}"
    try:
        with transaction.atomic():
            outbox.compose(purpose, to=to, context=context, key=key, now=now, priority=priority, group=_group(message))
    except (OSError, ValueError) as error:
        logger.error("%s was not composed: %s", purpose, type(error).__name__)


def _group(message: Message) -> str:
    return f"message:{message.public_id}"


def _has_link(text: str) -> bool:
    """Somebody else's address could have been entered: no stranger's link is to reach it from us."""
    return _LINK.search(text) is not None


def forget(now: datetime) -> int:
    """Forget the addresses of messages that were dealt with 30 days ago; how many."""
    old = Message.objects.answerable().settled(now - ADDRESS_KEPT_FOR)
    return old.update(sealed_address=b"", address_digest="")
