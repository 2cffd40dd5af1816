"""What happens when a visitor sends something: it is stored, waits in a case, and only its sender can find it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from tips.cases.models import Case, Kind, Priority, State
from tips.comments.flows import erase_comment, propose_comment, take_down_comment
from tips.comments.models import Comment
from tips.mail.outbox import cancel, compose
from tips.outcomes.models import Outcome
from tips.pages.flows import erase_page, propose_page, take_down_page
from tips.pages.models import Page
from tips.practice.current import site
from tips.receipts import store
from tips.receipts.models import Receipt
from tips.safety.find import Finding, find

Said = Mapping[str, Any]
PRIORITIES = {"E": Priority.EMERGENCY, "S": Priority.SAME_DAY, "G": Priority.SEE_GP}
OWNER_TOLD_AFTER_MINUTES = 15


def everything_said(said: Said) -> str:
    """What the warning signs are looked for in."""
    return "\n".join(filter(None, (said["title"], said["story"], said["activity"])))


def open_case(*, kind: Kind, finding: Finding, signals: list[str], now: datetime) -> Case:
    return Case.objects.create(
        kind=kind,
        priority=PRIORITIES.get(finding.level or "", Priority.ORDINARY),
        flags=list(finding.marks),
        signals=signals,
        opened_at=now,
    )


@transaction.atomic
def submit_page(
    *, said: Said, about: Sequence[Page], outcome: Said, signals: list[str], now: datetime
) -> dict[str, Any]:
    """Store a visitor's page that waits; what its receipt page shows, as JSON values.

    `said` holds the cleaned fields of the form, `outcome` the answered fields of an `Outcome`.
    """
    finding = find(everything_said(said))
    case = open_case(kind=Kind.PAGE, finding=finding, signals=signals, now=now)
    today = timezone.localdate(now)
    page = propose_page(
        kind=said["kind"],
        title=said["title"],
        source=said["story"],
        byline=said["name"],
        place=said["place"],
        areas=said["areas"],
        about=about,
        facts={},
        flags=finding.marks,
        case=case,
        today=today,
    )
    if outcome:
        Outcome.objects.create(page=page, **outcome)
    receipt, code = store.issue(page=page, email=said["email"], today=today)
    _tell(receipt, email=said["email"], case=case, now=now)
    return _receipt(page.title, page.kind, code, finding, bool(said["email"]))


@transaction.atomic
def submit_reply(*, said: Said, page: Page, signals: list[str], now: datetime) -> dict[str, Any]:
    """Store a reply that waits; what its receipt page shows."""
    finding = find(said["text"])
    case = open_case(kind=Kind.COMMENT, finding=finding, signals=signals, now=now)
    comment = propose_comment(
        page=page,
        parent=Comment.objects.published().on(page).filter(public_id=said["reply_to"]).first(),
        text=said["text"],
        byline=said["name"],
        flags=finding.marks,
        case=case,
    )
    receipt, code = store.issue(comment=comment, email=said["email"], today=timezone.localdate(now))
    _tell(receipt, email=said["email"], case=case, now=now)
    return _receipt(page.title, "reply", code, finding, bool(said["email"]))


def _tell(receipt: Receipt, *, email: str, case: Case, now: datetime) -> None:
    """The author at once, if they left an address; the owner a little later, once an hour at most."""
    if email:
        compose(
            "sharing/mail/received",
            to=email,
            context={"receipt": receipt.pk},
            key=f"received:{receipt.pk}",
            group=f"receipt:{receipt.pk}",
            now=now,
        )
    owner = site().notify
    if owner:
        wait = 0 if case.priority == Priority.EMERGENCY else OWNER_TOLD_AFTER_MINUTES
        compose(
            "moderation/mail/waiting",
            to=owner,
            context={},
            key=f"waiting:{case.pk}" if wait == 0 else f"waiting:{now:%Y%m%d%H}",
            now=now,
            due=now + timedelta(minutes=wait),
        )


def _receipt(title: str, kind: str, code: str, finding: Finding, mailed: bool) -> dict[str, Any]:
    return {
        "title": title,
        "kind": kind,
        "code": code,
        "level": finding.level,
        "flags": list(finding.marks),
        "mailed": mailed,
    }


@transaction.atomic
def erase(*, receipt: Receipt) -> None:
    """The author takes it down for good: its words go from every table, its address answers 410, its code is void."""
    case = case_of(receipt)
    case.put(to=State.WITHDRAWN, version=case.version)
    if receipt.page is not None:
        take_down_page(page=receipt.page)
        erase_page(page=receipt.page)
        Outcome.objects.filter(page=receipt.page).delete()
    elif receipt.comment is not None:
        take_down_comment(comment=receipt.comment)
        erase_comment(comment=receipt.comment)
    for decision in case.decisions.all():
        cancel(f"decision:{decision.pk}")
    case.decisions.update(note="")
    cancel(f"receipt:{receipt.pk}")
    receipt.delete()


def tidy(*, today: date) -> int:
    """Addresses whose time is up; how many."""
    return store.purge(today=today)


def case_of(receipt: Receipt) -> Case:
    """The newest case of what was sent."""
    if receipt.comment is not None:
        return receipt.comment.case
    return Case.objects.filter(revision__page=receipt.page).latest("pk")
