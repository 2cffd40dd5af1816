"""An author changes what was sent. What nobody has read yet waits on in its place; what is public stays as it was until
the new words have been read, unless they are hardly new (docs/adr/0025)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from django.db import transaction
from django.utils import timezone

from tips.cases.models import Action, Case, Kind, State
from tips.comments.flows import index_comments_of, rewrite_comment, take_down_comment
from tips.comments.models import Comment
from tips.guard.points import is_of_form
from tips.guard.weighing import weigh
from tips.outcomes import answers
from tips.outcomes.answers import Answers
from tips.pages.models import Page, Revision
from tips.pages.revising import correct_published, propose_revision, rewrite_unpublished
from tips.pages.updates import Update, updates, with_updates, words
from tips.practice.urgency import noticed
from tips.receipts import store
from tips.receipts.models import Receipt
from tips.safety.find import Finding, find
from tips.sharing.flows import everything_said, open_case
from tips.sharing.small_edits import is_small
from tips.sharing.telling import tell_owner

REPLY_EDITABLE_FOR = timedelta(hours=24)


class Result(Enum):
    LIVE = "live"
    WAITS = "waits"
    SAME = "same"


class NotNow(Exception):
    """It cannot be changed as it stands: it was declined, hidden or taken down, or the time for it is over."""


@dataclass(frozen=True)
class Version:
    title: str
    source: str
    facts: dict[str, Any]
    answers: Answers

    @property
    def fields(self) -> dict[str, Any]:
        return {"title": self.title, "source": self.source, "facts": self.facts, "answers": self.answers}

    @property
    def everything(self) -> str:
        """All that is in its author's own words, answers and photos too."""
        said = {"title": self.title, "story": words(self.source, self.facts)}
        besides = [self.answers["place"], *(each for pair in self.answers["photos"].values() for each in pair)]
        return "\n\n".join(filter(None, (everything_said(said, self.facts, self.answers["outcome"]), *besides)))


def newest_version(page: Page) -> Version:
    """What its author wrote last, whoever may see it by now."""
    found = _in_hand(page)
    return _of_revision(found) if found else Version(page.title, page.source, page.facts, answers.of_page(page))


def _of_revision(revision: Revision) -> Version:
    return Version(revision.title, revision.source, revision.facts, answers.of_revision(revision))


@transaction.atomic
def edit_page(*, receipt: Receipt, title: str, story: str, later: Sequence[str], now: datetime) -> Result:
    """`later` are the updates in their order, each as it should read; an empty one goes. Raises NotNow."""
    page = locked(receipt)
    before = newest_version(page)
    changed = [Update(each.on, text) for each, text in zip(updates(before.facts), later, strict=True)]
    after = replace(before, title=title, source=story, facts=with_updates(before.facts, changed))
    return put(page, receipt, before, after, now)


@transaction.atomic
def add_update(*, receipt: Receipt, text: str, now: datetime) -> Result:
    """A section of its own at the end, with today's date; always read first. Raises NotNow."""
    page = locked(receipt)
    before = newest_version(page)
    if updates(before.facts)[-1:] == [Update(timezone.localdate(now), text)]:
        return Result.SAME  # pressed twice
    facts = with_updates(before.facts, [*updates(before.facts), Update(timezone.localdate(now), text)])
    return put(page, receipt, before, replace(before, facts=facts), now, read_first=True)


def put(
    page: Page, receipt: Receipt, before: Version, after: Version, now: datetime, *, read_first: bool = False
) -> Result:
    """`page` is locked, and `before` its newest version. Raises NotNow."""
    in_hand = _in_hand(page)
    if after == before and (in_hand is None or in_hand.case is None or in_hand.case.state == State.WAITING):
        return Result.SAME
    if in_hand and in_hand.case:
        _go_on_waiting(page, in_hand.case, after, now)
    elif not page.is_published:
        raise NotNow
    elif not read_first and _is_small(page, after):
        _go_live(page, after, now)
        return Result.LIVE
    else:
        _wait_anew(page, after, now)
    store.purpose_goes_on(receipt)
    return Result.WAITS


def _is_small(page: Page, after: Version) -> bool:
    read = page.revisions.read().last()
    return read is not None and is_small(_of_revision(read).everything, after.everything)


def _go_live(page: Page, after: Version, now: datetime) -> None:
    """Replies are found by the places of their page."""
    said = after.fields
    answers.keep(page)
    answers.put(page=page, kept=after.answers)
    correct_published(page=page, today=timezone.localdate(now), **said)
    index_comments_of(page)


def _go_on_waiting(page: Page, case: Case, after: Version, now: datetime) -> None:
    finding = _renew(case, after.everything, now)
    said = after.fields
    today = timezone.localdate(now)
    answers.keep(page)
    if page.published_on is None:
        answers.put(page=page, kept=after.answers)
        rewrite_unpublished(page=page, case=case, flags=finding.marks, today=today, **said)
    else:
        propose_revision(page=page, case=case, today=today, **said)


def wait_with(page: Page, besides: str, now: datetime) -> Case:
    """Where something goes to wait that comes beside the words: `besides` is what it says. Raises NotNow."""
    in_hand, words = _in_hand(page), newest_version(page)
    if in_hand is None or in_hand.case is None:
        if not page.is_published:
            raise NotNow
        return _wait_anew(page, words, now, besides)
    _renew(in_hand.case, f"{words.everything}\n\n{besides}", now)
    return in_hand.case


def _wait_anew(page: Page, after: Version, now: datetime, besides: str = "") -> Case:
    said, text = after.fields, f"{after.everything}\n\n{besides}".strip()
    case = open_case(kind=Kind.PAGE, finding=find(text), signals=[], words=text, is_new=False, now=now)
    answers.keep(page)
    propose_revision(page=page, case=case, today=timezone.localdate(now), **said)
    tell_owner(case, now=now)
    return case


def _renew(case: Case, text: str, now: datetime) -> Finding:
    """It keeps its age in the queue; a moderator who has the old words open is told that they changed."""
    finding = find(text)
    judgement, *_ = weigh(text, filter(is_of_form, case.signals), is_new=False)
    asked = case.state != State.WAITING
    case.put(to=State.WAITING, version=case.version)
    columns = noticed(finding, judgement)
    for name, value in columns.items():
        setattr(case, name, value)
    case.save(update_fields=columns)
    if asked:
        tell_owner(case, now=now)
    return finding


def locked(receipt: Receipt) -> Page:
    if receipt.page_id is None or receipt.withdrawn_on:
        raise NotNow
    return Page.objects.select_for_update().get(pk=receipt.page_id)


def _in_hand(page: Page) -> Revision | None:
    return page.revisions.in_hand().select_related("case").last()


def reply_editable_until(comment: Comment) -> datetime:
    """24 hours from its sending, or from when readers first had it."""
    shown = comment.case.decisions.filter(action=Action.PUBLISH).order_by("pk").first()
    return max(comment.case.opened_at, shown.decided_at if shown else comment.case.opened_at) + REPLY_EDITABLE_FOR


def reply_is_editable(comment: Comment, now: datetime) -> bool:
    """While it waits, always: nobody has read it yet."""
    case = comment.case
    if case.state == State.PUBLISHED:
        return now < reply_editable_until(comment)
    return case.state in {State.WAITING, State.CHANGES_ASKED}


@transaction.atomic
def edit_reply(*, receipt: Receipt, text: str, now: datetime) -> Result:
    """A public reply that is much changed is read again, and not shown meanwhile. Raises NotNow."""
    if receipt.comment_id is None or receipt.withdrawn_on:
        raise NotNow
    comment = Comment.objects.select_related("case", "page").get(pk=receipt.comment_id)
    if not reply_is_editable(comment, now):
        raise NotNow
    if comment.source == text and comment.case.state != State.CHANGES_ASKED:
        return Result.SAME
    if comment.case.state == State.PUBLISHED and is_small(comment.read_source or comment.source, text):
        rewrite_comment(comment=comment, text=text, flags=comment.flags)
        return Result.LIVE
    if comment.case.state == State.PUBLISHED:
        take_down_comment(comment=comment)
        comment.case.opened_at = now
    finding = _renew(comment.case, text, now)
    rewrite_comment(comment=comment, text=text, flags=finding.marks)
    store.purpose_goes_on(receipt)
    return Result.WAITS
