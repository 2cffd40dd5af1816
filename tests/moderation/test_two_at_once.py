"""T09: two moderators decide about one thing. One of them wins; the other is shown both decisions."""

import os
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from tests import make
from tests.sharing.mine import opened, page_and_code, press, text_of
from tips.cases.models import Case, Conflict, Decision, NotAllowed
from tips.mail.models import Delivery
from tips.moderation import flows
from tips.receipts import store

PAIRS = int(os.environ.get("RACES", "12"))


@pytest.mark.timeout(120 + 5 * PAIRS)
@pytest.mark.django_db(transaction=True)
def test_of_two_opposite_decisions_exactly_one_is_stored_t09(request):
    """`RACES=500 pytest -k t09` is the campaign."""
    won = []
    with ThreadPoolExecutor(2) as both:
        for number in range(PAIRS):
            page = make.waiting_page(f"Page number {number}")
            store.issue(page=page, email="vik@example.org", today=make.TODAY)
            pk, together = make.case_of(page).pk, Barrier(2)
            results = list(both.map(lambda act, pk=pk, at=together: _decide(act, pk, at), ("publish", "decline")))
            assert sorted(results) == ["lost", "won"]
            decision = Decision.objects.get(case=pk)
            won.append(decision.action)
            page.refresh_from_db()
            assert page.is_published == (decision.action == "publish")
        list(both.map(lambda _: connection.close(), range(2)))
    assert len(won) == PAIRS
    assert Delivery.objects.filter(purpose="moderation/mail/decided").count() == PAIRS


def _decide(action: str, pk: int, together: Barrier) -> str:
    case = Case.objects.get(pk=pk)
    common: dict[str, Any] = {"case": case, "by": None, "version": case.version, "now": timezone.now()}
    together.wait()
    try:
        if action == "publish":
            flows.publish(**common)
        else:
            flows.decline(**common, reason="off-topic", note="")
    except (Conflict, NotAllowed):
        return "lost"
    finally:
        connection.close()
    return "won"


def lose(case: Case, **over):
    flows.decline(case=case, reason="off-topic", note="It is about knees.", by=make.olga(), version=1, now=make.NOW)
    said = {"action": "decline", "version": 1, "reason": "test", "note": "It is about elbows.", **over}
    return make.signed_in(make.mina()).post(f"/moderation/{case.pk}/", said)


@pytest.mark.django_db
def test_the_loser_sees_both_decisions_and_how_they_differ():
    answer = lose(make.case_of(make.waiting_page()))
    text = text_of(answer)
    assert answer.status_code == 409
    assert "Declined by olga@example.org" in text
    assert "<del>knees.</del><ins>elbows.</ins>" in text
    assert Decision.objects.count() == 1


@pytest.mark.django_db
def test_what_the_author_changed_meanwhile_is_shown():
    page, code = page_and_code(public=False)
    case = make.case_of(page)
    seen = case.revision.number
    press(opened(code), "save", title=page.title, story=page.source.replace("kitchen", "garden"))
    said = {"action": "publish", "version": 1, "seen": seen}
    answer = make.signed_in(make.mina()).post(f"/moderation/{case.pk}/", said)
    assert answer.status_code == 409
    assert "<del>kitchen</del><ins>garden</ins>" in text_of(answer)
    case.refresh_from_db()
    assert case.state == "waiting"
