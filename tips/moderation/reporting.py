"""Reports: what they are about, and what becomes of it. Whoever left an address hears the outcome."""

import re
from datetime import datetime
from urllib.parse import urlsplit

from django.db import transaction

from accounts.models import User
from tips.cases.models import Case, State
from tips.cases.reasons import Reason
from tips.comments.models import Comment
from tips.contact.models import Message
from tips.mail.outbox import compose
from tips.moderation import flows
from tips.moderation.subjects import Subject, subject
from tips.pages.models import Page, Revision

OUTCOME = "moderation/mail/reported"
REASON_FOR = {
    "personal": Reason.PERSONAL_OTHER,
    "harm": Reason.DANGEROUS,
    "unkind": Reason.HARASSMENT,
    "selling": Reason.SPAM_PRODUCT,
    "rights": Reason.COPYRIGHT,
}
_REPLY = re.compile(r"reply-([0-9a-f]{20})\Z")


def reported(about: str) -> Subject | None:
    """The page or reply at this address of the site; None for the owner's pages and for what is not there."""
    parts = urlsplit(about)
    reply = _REPLY.search(parts.fragment)
    if reply:
        comment = Comment.objects.select_related("case", "page").filter(public_id=reply[1]).first()
        return subject(comment.case) if comment else None
    page = Page.objects.by_visitors().at(parts.path.rstrip("/").rpartition("/")[2]).first()
    newest = _newest_read(page) if page and page.get_absolute_url() == parts.path else None
    return Subject(newest.case, newest.page, revision=newest) if newest and newest.case else None


def _newest_read(page: Page) -> Revision | None:
    states = (State.PUBLISHED, State.HIDDEN, State.REMOVED)
    return page.revisions.filter(case__state__in=states).select_related("case", "page").last()


@transaction.atomic
def hide_reported(
    *, case: Case, item: Case, reason: str, note: str, by: User | None, version: int, now: datetime
) -> None:
    """The reported thing goes at once, and all reports of it are dealt with. Raises what `flows.hide` does."""
    flows.hide(case=item, reason=reason, note=note, by=by, version=item.version, now=now)
    deal_with_report(case=case, hidden=True, by=by, version=version, now=now)


@transaction.atomic
def deal_with_report(*, case: Case, hidden: bool, by: User | None, version: int, now: datetime) -> None:
    """Raises Conflict when somebody else dealt with it."""
    same = [case.message, *(each.message for each in case.joined.waiting().select_related("message"))]
    flows.deal_with_message(case=case, spam=False, by=by, version=version, now=now)
    for message in same:
        _tell(message, hidden=hidden, now=now)


def _tell(message: Message, *, hidden: bool, now: datetime) -> None:
    if message.has_address:
        compose(
            OUTCOME,
            to=message.address,
            context={"hidden": hidden},
            key=f"reported:{message.public_id}",
            now=now,
            group=f"message:{message.public_id}",
        )
