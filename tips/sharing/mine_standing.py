"""The page that a private code opens: how it stands, and everything that can be done with it."""

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString

from tips.cases.models import Action, Case, State
from tips.cases.waits import usual_wait
from tips.comments.models import Comment
from tips.outcomes import wording
from tips.outcomes.answers import lines, of_revision
from tips.pages.models import Page, Revision
from tips.pages.updates import page_html
from tips.photos import store as photo_store
from tips.photos.links import author_link
from tips.photos.models import Photo
from tips.receipts.models import Address, Receipt
from tips.sharing import mine_edits, mine_flows, mine_objecting
from tips.sharing.mine_forms import CodeForm
from tips.sharing.mine_link import private_link
from tips.sharing.mine_session import Opened
from tips.text.differences import differences
from tips.text.markup import safe

CHANGEABLE = (State.WAITING, State.CHANGES_ASKED, State.PUBLISHED)


def standing(
    request: HttpRequest, opened: Opened, *, now: datetime, done: str = "", wrong: str = "", status: int = 200
) -> HttpResponse:
    """`done` and `wrong`: a sentence about what was pressed just now."""
    receipt = Receipt.objects.select_related("page", "comment__page", "comment__case").get(pk=opened.receipt.pk)
    context = {
        "form": CodeForm(now=now),
        "done": done,
        "wrong": wrong,
        "receipt": receipt,
        "replies": receipt.addresses.filter(purpose=Address.Purpose.REPLIES).first(),
        "usual_wait": usual_wait(now),
        **_case(receipt),
        **_objecting(receipt),
        "changed_by_us": _changed_by_us(receipt),
        **(_page(receipt.page, now) if receipt.page else _comment(receipt.comment, now) if receipt.comment else {}),
        **private_link(opened.code, now=now),
    }
    return render(request, "sharing/mine_open.html", context, status=status)


def _case(receipt: Receipt) -> dict[str, Any]:
    """A page that is public is so whatever waits besides."""
    cases = mine_flows.cases_of(receipt)
    newest = cases[-1]
    state = newest.state
    if receipt.page and receipt.page.is_published and not receipt.withdrawn_on:
        state = State.PUBLISHED
    return {
        "state": state,
        "newest": newest,
        "new_version": state == State.PUBLISHED and newest.state != State.PUBLISHED,
        "decision": _told(newest),
        "can_edit": state in CHANGEABLE,
        "back_until": receipt.withdrawn_on + mine_flows.COME_BACK_WITHIN if receipt.withdrawn_on else None,
    }


def _objecting(receipt: Receipt) -> dict[str, Any]:
    said = mine_objecting.newest_objection(receipt)
    answer = said.case.decisions.filter(action__in=(Action.UPHOLD, Action.OVERTURN)).first() if said else None
    return {"contested": mine_objecting.contested(receipt), "objection": said, "answer": answer}


def _changed_by_us(receipt: Receipt) -> SafeString | None:
    """What a moderator changed in what readers have, as a difference; None where nothing was."""
    if receipt.comment:
        comment = receipt.comment
        return differences(comment.written, comment.source) if comment.written else None
    revisions = list(receipt.page.revisions.order_by("-number")[:2]) if receipt.page else []
    if len(revisions) < 2 or revisions[0].origin != Revision.Origin.MODERATOR:
        return None
    new, old = map(_all_of, revisions)
    return differences(old, new)


def _all_of(revision: Revision) -> str:
    said = wording.pieces(revision.facts, of_revision(revision))
    return wording.as_text(revision.title, revision.source, said)


def _told(case: Case) -> Any:
    """The last decision, while it is what the author should know: not after it was undone or answered."""
    newest = case.decisions.first()
    return newest if newest and newest.state_after == case.state else None


def _page(page: Page, now: datetime) -> dict[str, Any]:
    version = mine_edits.newest_version(page)
    return {
        "page": page,
        "thing": page,
        "title": version.title,
        "words": _html(version),
        "answers": lines(version.facts, version.answers),
        "can_add": page.is_published,
        "photos": _photos(page, version, now),
    }


def _photos(page: Page, version: mine_edits.Version, now: datetime) -> list[tuple[str, Photo]]:
    """With the words that were written last."""
    photos = list(photo_store.all_of(page))
    for photo in photos:
        photo.alt, photo.caption = version.answers["photos"].get(photo.public_id, (photo.alt, photo.caption))
    return [(author_link(photo, now=now), photo) for photo in photos]


def _html(version: mine_edits.Version) -> SafeString:
    return safe(page_html(version.source, version.facts))


def _comment(comment: Comment, now: datetime) -> dict[str, Any]:
    editable = mine_edits.reply_is_editable(comment, now)
    left = mine_edits.reply_editable_until(comment) - now
    return {
        "comment": comment,
        "thing": comment,
        "title": f"Your reply to “{comment.page.title}”",
        "words": comment.body,
        "can_edit": editable,
        "time_left": in_words(left) if editable and comment.case.state == State.PUBLISHED else "",
    }


def in_words(left: timedelta) -> str:
    minutes = max(int(left.total_seconds() // 60), 1)
    if minutes < 60:
        return f"{minutes} minute{'s' if minutes > 1 else ''}"
    hours = minutes // 60
    return f"{hours} hour{'s' if hours > 1 else ''}"
