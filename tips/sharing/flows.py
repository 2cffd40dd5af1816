"""What happens when a visitor sends something: it is stored, waits in a case, and only its sender can find it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from tips.cases.models import Case, Kind
from tips.comments.flows import propose_comment
from tips.guard import weighing
from tips.mail.outbox import compose
from tips.outcomes import wording
from tips.outcomes.models import Outcome
from tips.pages.flows import propose_page
from tips.pages.models import Page
from tips.photos import store as photo_store
from tips.photos.models import Photo
from tips.practice.urgency import noticed
from tips.receipts import store
from tips.receipts.models import Receipt
from tips.safety import slips
from tips.safety.find import Finding, find
from tips.sharing import asking
from tips.sharing.telling import tell_owner
from tips.sql.plain import insert, new, put

Said = Mapping[str, Any]


def everything_said(said: Said, facts: Said, outcome: Said, photos: Sequence[Photo] = ()) -> str:
    """What the warning signs are looked for in: all that will be shown in the visitor's own words."""
    answers = [{**facts, **outcome}.get(name, "") for name in (*wording.OF_FACTS, *wording.OF_OUTCOME)]
    captions = [words for photo in photos for words in (photo.alt, photo.caption)]
    return "\n".join(filter(None, (said["title"], said["story"], *facts.get("steps", ()), *answers, *captions)))


def open_case(
    *, kind: Kind, finding: Finding, signals: list[str], words: str, now: datetime, is_new: bool = True
) -> Case:
    """`words`: all that is to be shown; `signals`: what the form told. Not `is_new`: words that change earlier ones."""
    weighed = weighing.weigh(words, signals, is_new=is_new)
    case = new(Case, kind=kind, opened_at=now, **noticed(finding, weighed.judgement))
    insert(case)
    if is_new:
        weighing.remember(case.pk, weighed, today=timezone.localdate(now))
    return case


@transaction.atomic(savepoint=False)
def submit_page(
    *,
    said: Said,
    about: Sequence[Page],
    outcome: Said,
    signals: list[str],
    now: datetime,
    facts: Said | None = None,
    photos: Sequence[Photo] = (),
    slip: str = "",
) -> dict[str, Any]:
    """Store a visitor's page that waits; what its receipt page shows, as JSON values.

    `said` holds the cleaned fields of the form, `outcome` the answered fields of an `Outcome`, `facts` those of
    `VisitorFacts`; `photos` are loose, with their words set. `slip`: that of the check page, if it was seen before.
    """
    facts = dict(facts or {})
    words = everything_said(said, facts, outcome, photos)
    finding = slips.read(slip, words) or find(words)
    case = open_case(kind=Kind.PAGE, finding=finding, signals=signals, words=words, now=now)
    today = timezone.localdate(now)
    page = propose_page(
        kind=said["kind"],
        title=said["title"],
        source=said["story"],
        byline=said["name"],
        place=said["place"],
        areas=said["areas"],
        about=about,
        facts=facts,
        flags=finding.marks,
        case=case,
        today=today,
    )
    if outcome:
        put(Outcome, page_id=page.pk, **outcome)
    if photos:
        photo_store.attach(photos=photos, page=page, case=case)
    receipt, code = store.issue(page=page, email=said["email"], today=today)
    _tell(receipt, email=said["email"], case=case, now=now)
    return _receipt(page.title, page.kind, code, finding, bool(said["email"]))


@transaction.atomic(savepoint=False)
def submit_reply(*, said: Said, page: Page, signals: list[str], now: datetime) -> dict[str, Any]:
    """Store a reply that waits; what its receipt page shows."""
    finding = find(said["text"])
    case = open_case(kind=Kind.COMMENT, finding=finding, signals=signals, words=said["text"], now=now)
    comment = propose_comment(
        page=page,
        parent=asking.answered(page, said["reply_to"]),
        text=said["text"],
        byline=said["name"],
        flags=finding.marks,
        case=case,
    )
    receipt, code = store.issue(comment=comment, email=said["email"], today=timezone.localdate(now))
    _tell(receipt, email=said["email"], case=case, now=now)
    return _receipt(page.title, "reply", code, finding, bool(said["email"]))


def _tell(receipt: Receipt, *, email: str, case: Case, now: datetime) -> None:
    """The author, if they left an address, and the owner."""
    if email:
        compose(
            "sharing/mail/received",
            to=email,
            context={"receipt": receipt.pk},
            key=f"received:{receipt.pk}",
            group=f"receipt:{receipt.pk}",
            now=now,
        )
    tell_owner(case, now=now)


def _receipt(title: str, kind: str, code: str, finding: Finding, mailed: bool) -> dict[str, Any]:
    return {
        "title": title,
        "kind": kind,
        "code": code,
        "level": finding.level,
        "flags": list(finding.marks),
        "mailed": mailed,
    }


def tidy(*, today: date) -> int:
    """Addresses whose time is up; how many."""
    return store.purge(today=today)
