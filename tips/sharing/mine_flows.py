"""What an author does later with what was sent, by the private code; small edits and updates are in `mine_edits`."""

from datetime import date, datetime, timedelta

from django.db import transaction

from tips.audit import log
from tips.cases.models import Case, Objection, State
from tips.comments import flows as comment_flows
from tips.contact.models import Message
from tips.guard import duplicates
from tips.mail.outbox import cancel
from tips.outcomes.models import Outcome
from tips.pages import flows as page_flows
from tips.pages import revising
from tips.pages.endings import Closed
from tips.pages.fresh import stale
from tips.pages.models import Page
from tips.photos import store as photo_store
from tips.receipts import replies, store
from tips.receipts.models import Receipt
from tips.sharing.traces import wipe_traces

COME_BACK_WITHIN = timedelta(days=30)


def case_of(receipt: Receipt) -> Case:
    """The newest case of what was sent."""
    return cases_of(receipt)[-1]


def cases_of(receipt: Receipt) -> list[Case]:
    """All of them, oldest first: a page has one for each version that was read."""
    if receipt.comment is not None:
        return [receipt.comment.case]
    return list(Case.objects.filter(revision__page=receipt.page).order_by("pk"))


@transaction.atomic
def take_name_off(*, receipt: Receipt) -> None:
    """At once, from everything that is shown or searched; letters to others read the name when they are sent."""
    if receipt.page is not None:
        revising.remove_name(page=receipt.page)
    elif receipt.comment is not None:
        comment_flows.remove_name(comment=receipt.comment)
    transaction.on_commit(wipe_traces)


@transaction.atomic
def show_to_search_engines(*, page: Page, wanted: bool) -> None:
    page.in_search_engines = wanted
    _settings_changed(page)


@transaction.atomic
def open_to_replies(*, page: Page, wanted: bool) -> None:
    """A page that the moderators closed stays closed."""
    if page.closed_because == Closed.MODERATOR:
        return
    page.comments_open, page.closed_because = wanted, "" if wanted else Closed.AUTHOR
    _settings_changed(page)


def _settings_changed(page: Page) -> None:
    page.save(update_fields=["in_search_engines", "comments_open", "closed_because"])
    stale(page)


@transaction.atomic
def withdraw(*, receipt: Receipt, today: date) -> None:
    """Out of sight and out of the search at once; its author can bring it back for thirty days."""
    if receipt.withdrawn_on:
        return
    cases = cases_of(receipt)
    receipt.withdrawn_on, receipt.withdrawn_from = today, {str(case.pk): case.state for case in cases}
    receipt.save(update_fields=["withdrawn_on", "withdrawn_from"])
    store.purpose_ended(receipt, today=today)
    _take_down(receipt, cases)


def _take_down(receipt: Receipt, cases: list[Case]) -> None:
    for case in cases:
        case.put(to=State.WITHDRAWN, version=case.version)
        for decision in case.decisions.all():
            cancel(f"decision:{decision.pk}")
    replies.stop(receipt=receipt)
    if receipt.page is not None:
        page_flows.take_down_page(page=receipt.page)
        photo_store.hide(page=receipt.page)
    elif receipt.comment is not None:
        comment_flows.take_down_comment(comment=receipt.comment)


@transaction.atomic
def come_back(*, receipt: Receipt, today: date) -> None:
    """As it stood: public again if it was, waiting if it waited. Nothing happens to what was not taken down."""
    if receipt.withdrawn_on is None:
        return
    before = receipt.withdrawn_from
    for case in cases_of(receipt):
        case.put(to=before.get(str(case.pk), State.WAITING), version=case.version)
    receipt.withdrawn_on, receipt.withdrawn_from = None, {}
    receipt.save(update_fields=["withdrawn_on", "withdrawn_from"])
    if _was_public(receipt, before):
        _show(receipt, today)


def _was_public(receipt: Receipt, before: dict[str, str]) -> bool:
    """The newest version that is not still waiting was published, not hidden."""
    decided = [before.get(str(case.pk)) for case in cases_of(receipt)]
    decided = [state for state in decided if state in {State.PUBLISHED, State.HIDDEN}]
    return bool(decided) and decided[-1] == State.PUBLISHED


def _show(receipt: Receipt, today: date) -> None:
    if receipt.page is not None:
        page_flows.publish_page(page=receipt.page, today=today)
        photo_store.publish(page=receipt.page)
        comment_flows.index_comments_of(receipt.page)
    elif receipt.comment is not None:
        comment_flows.publish_comment(comment=receipt.comment, today=today)


@transaction.atomic
def erase(*, receipt: Receipt) -> None:
    """For good: its words go from every table, its address answers 410, its code is void."""
    cases = cases_of(receipt)
    _take_down(receipt, cases)
    for case in cases:
        _forget(case)
    if receipt.page is not None:
        _erase_page(receipt.page)
    elif receipt.comment is not None:
        comment_flows.erase_comment(comment=receipt.comment)
    cancel(f"receipt:{receipt.pk}")
    receipt.delete()
    transaction.on_commit(wipe_traces)


def _forget(case: Case) -> None:
    """That something was decided stays, and why; not about which words."""
    Objection.objects.filter(decision__case=case).update(text="")
    case.decisions.update(note="", helped=[], kept={})
    case.flags, case.signals, case.weights, case.matches = [], [], [], []
    case.save(update_fields=["flags", "signals", "weights", "matches"])
    log.forget(f"case:{case.pk}")
    duplicates.forget(case.pk)


def _erase_page(page: Page) -> None:
    Message.objects.filter(about__startswith=page.get_absolute_url()).update(about="")  # the address has its words
    page_flows.erase_page(page=page)
    photo_store.erase(page=page)
    Outcome.objects.filter(page=page).delete()


def forget_unconfirmed(*, now: datetime) -> int:
    """Addresses for letters about replies that nobody confirmed in a week."""
    return replies.forget_unconfirmed(today=now.date())


def erase_withdrawn(*, now: datetime) -> int:
    """What nobody came back for in thirty days; how many."""
    over = Receipt.objects.filter(withdrawn_on__lte=now.date() - COME_BACK_WITHIN)
    found = list(over.select_related("page", "comment__page", "comment__case"))
    for receipt in found:
        erase(receipt=receipt)
    return len(found)
