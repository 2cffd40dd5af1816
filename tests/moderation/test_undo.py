"""T11: a decision taken back leaves everything as it was: rows, search, counters, cached pages."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests import make
from tests.moderation.snapshots import snapshot
from tests.sharing.mine import opened, page_and_code, press
from tips.cases.models import Action, Case, NotAllowed
from tips.freshness import slots
from tips.moderation import flows
from tips.moderation.batches import spam_many
from tips.moderation.undoing import undo_batch

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def said(case, **over) -> dict[str, Any]:
    return {"case": case, "by": None, "version": case.version, "now": timezone.now(), **over}


def decide(case, action: Action):
    words: dict[str, Any] = {"reason": "harassment", "note": "Please be gentle."}
    match action:
        case Action.PUBLISH:
            return flows.publish(**said(case))
        case Action.EDIT:
            return flows.edit_and_publish(**said(case), title="Another title", source="Other words here.", note="")
        case Action.ASK:
            return flows.ask_for_changes(**said(case), **words)
        case Action.DECLINE:
            return flows.decline(**said(case), **words)
        case Action.SPAM:
            return flows.mark_spam(**said(case))
        case Action.HIDE:
            return flows.hide(**said(case), **words)
        case _:
            return flows.remove(**said(case), **words)


def waiting_page():
    page, _code = page_and_code(public=False, email="vik@example.org")
    make.photo(page)
    return make.case_of(page)


def waiting_reply():
    page = make.page("A public page")
    make.comment(page, "The first reply.")
    return make.waiting_comment(page, "A quibblefish reply.").case


def public_page():
    page = make.page("A public page", "Quibblefish let it go.")
    make.comment(page, "Glimmerwort helped me.")
    return make.case_of(page)


def public_reply():
    return make.comment(make.page("A public page"), "A quibblefish reply.").case


def new_version():
    page, code = page_and_code()
    press(opened(code), "save", title=page.title, story="Entirely other words, of which nobody has read a single one.")
    return page.revisions.last().case


def new_answers():
    page, code = page_and_code(public=False)
    press(opened(code), "answer", areas=["neck"], tried=["walking"], pain_before="7", place="Wales")
    make.decide(make.case_of(page))
    said = {"areas": ["hip-groin"], "activity": "walking up the long hill behind our house", "pain_before": "0"}
    press(opened(code), "answer", **said)
    return Case.objects.latest("pk")


BEFORE = [Action.PUBLISH, Action.EDIT, Action.ASK, Action.DECLINE, Action.SPAM]
AFTER = [Action.HIDE, Action.REMOVE]
PAIRS = [(thing, action) for thing in (waiting_page, waiting_reply, new_version, new_answers) for action in BEFORE]
PAIRS += [(thing, action) for thing in (public_page, public_reply) for action in AFTER]


@pytest.mark.parametrize(("thing", "action"), PAIRS, ids=lambda each: getattr(each, "__name__", each))
def test_every_decision_is_taken_back_without_a_trace_t11(thing, action):
    case = thing()
    before = snapshot()

    decision = decide(case, action)
    assert snapshot() != before
    flows.undo(decision=decision, by=None, now=timezone.now())

    assert snapshot() == before


def test_two_hundred_at_once_come_back_as_they_were_t11():
    cases = [make.case_of(make.waiting_page(f"Buy my cushions {number}")) for number in range(200)]
    before = snapshot()

    batch, marked = spam_many(chosen=[(case.pk, case.version) for case in cases], by=make.mina(), now=NOW)
    assert marked == 200
    assert undo_batch(batch=batch, by=make.mina(), now=timezone.now()) == (200, 0)

    assert snapshot() == before


def test_of_a_batch_only_what_nobody_changed_since_comes_back():
    one, other = (make.case_of(make.waiting_page(f"Buy my cushions {number}")) for number in range(2))
    batch, _ = spam_many(chosen=[(one.pk, 1), (other.pk, 1)], by=None, now=NOW)
    one.refresh_from_db()
    flows.publish(**said(one))
    assert undo_batch(batch=batch, by=None, now=timezone.now()) == (1, 1)
    one.refresh_from_db()
    assert one.state == "published"


def test_a_cached_page_is_stale_after_the_undo(django_capture_on_commit_callbacks):
    case = public_page()
    with django_capture_on_commit_callbacks(execute=True):
        decision = flows.hide(**said(case), reason="hate", note="")
    key = case.revision.page.source_key
    generation = slots.generation(key)
    with django_capture_on_commit_callbacks(execute=True):
        flows.undo(decision=decision, by=None, now=timezone.now())
    assert slots.generation(key) != generation


def test_a_small_correction_before_the_new_version_is_not_lost():
    """What readers had is put back, not what somebody read last."""
    page, code = page_and_code()
    vik = opened(code)
    slip = page.source.replace("morning", "mornin", 1)
    press(vik, "save", title=page.title, story=slip)
    press(vik, "save", title=page.title, story="Entirely other words, of which nobody has read a single one.")
    case = page.revisions.last().case
    page.refresh_from_db()
    words = page.source
    decision = flows.publish(**said(case))
    flows.undo(decision=decision, by=None, now=timezone.now() + timedelta(days=3))
    page.refresh_from_db()
    assert page.source == words
    assert Client().get(page.get_absolute_url()).status_code == 200


def test_a_decision_about_what_was_decided_again_cannot_be_taken_back():
    case = waiting_page()
    first = decide(case, Action.DECLINE)
    case.refresh_from_db()
    decide(case, Action.PUBLISH)
    case.refresh_from_db()
    hidden = decide(case, Action.HIDE)
    with pytest.raises(NotAllowed):
        flows.undo(decision=first, by=None, now=timezone.now())
    flows.undo(decision=hidden, by=None, now=timezone.now())
