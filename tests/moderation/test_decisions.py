"""Mina reads what waits and decides; every decision can be taken back."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests import make
from tips.cases.models import Case, Conflict, Decision, NotAllowed
from tips.index.match import match
from tips.index.query import parse
from tips.mail.models import Delivery
from tips.moderation import flows
from tips.pages.models import Page
from tips.receipts import store

pytestmark = pytest.mark.django_db


def decision_form(case: Case, action: str, **over):
    return {"action": action, "version": case.version, "reason": "", "note": "", **over}


def found(word: str) -> int:
    return len(match(parse(word)).hits)


def test_mina_publishes_and_everybody_can_read_and_find_it():
    page = make.waiting_page("A quibblefish morning", "Quibblefish let my back go after ten minutes.")
    case = make.case_of(page)
    answer = make.signed_in(make.mina()).post(f"/moderation/{case.pk}/", decision_form(case, "publish"))
    assert (answer.status_code, answer["Location"]) == (303, "/moderation/")
    page.refresh_from_db()
    assert page.get_absolute_url() == "/pages/a-quibblefish-morning/"
    assert "ten minutes" in Client().get(page.get_absolute_url()).content.decode()
    assert found("quibblefish") > 0


def test_two_pages_of_one_title_get_addresses_of_their_own():
    first, second = make.page("The same title"), make.page("The same title")
    assert first.slug == "the-same-title"
    assert second.slug.startswith("the-same-title-")


def test_declining_needs_a_reason():
    case = make.case_of(make.waiting_page())
    mina = make.signed_in(make.mina())
    answer = mina.post(f"/moderation/{case.pk}/", decision_form(case, "decline", note="Sorry about this one."))
    assert answer.status_code == 422
    assert "Sorry about this one." in answer.content.decode()
    answer = mina.post(f"/moderation/{case.pk}/", decision_form(case, "decline", reason="off-topic"))
    assert answer.status_code == 303
    case.refresh_from_db()
    assert (case.state, case.decisions.get().reason) == ("declined", "off-topic")


def test_undo_after_publishing_takes_it_out_of_sight_and_out_of_the_search_t11():
    page = make.waiting_page("A quibblefish morning", "Quibblefish let my back go after ten minutes.")
    case = make.case_of(page)
    mina = make.mina()
    decision = flows.publish(case=case, by=mina, version=case.version, now=timezone.now())
    page.refresh_from_db()
    address = page.get_absolute_url()
    assert make.signed_in(mina).post(f"/moderation/decisions/{decision.pk}/undo/").status_code == 303
    case.refresh_from_db()
    assert case.state == "waiting"
    assert Client().get(address).status_code == 404  # as if it had never been there: nobody was told of it
    assert found("quibblefish") == 0


def test_undone_later_its_address_is_known_as_gone():
    page = make.page("A quibblefish morning")
    decision = make.case_of(page).decisions.get()
    flows.undo(decision=decision, by=None, now=timezone.now() + timedelta(minutes=11))
    assert Client().get(page.get_absolute_url()).status_code == 410


def test_hiding_and_undoing_brings_a_page_back_with_its_replies():
    page = make.page("A quibblefish morning")
    make.comment(page, "Glimmerwort helped me as well.")
    case = make.case_of(page)
    hidden = flows.hide(case=case, reason="harassment", note="", by=None, version=case.version, now=timezone.now())
    assert Client().get(page.get_absolute_url()).status_code == 410
    assert (found("quibblefish"), found("glimmerwort")) == (0, 0)
    flows.undo(decision=hidden, by=None, now=timezone.now())
    assert "Glimmerwort" in Client().get(page.get_absolute_url()).content.decode()
    assert (found("quibblefish") > 0, found("glimmerwort")) == (True, 1)


def test_an_undo_is_possible_for_thirty_days_and_only_for_the_newest_decision():
    case = make.case_of(make.waiting_page())
    now = timezone.now()
    published = flows.publish(case=case, by=None, version=case.version, now=now)
    case.refresh_from_db()
    flows.hide(case=case, reason="hate", note="", by=None, version=case.version, now=now)
    with pytest.raises(NotAllowed):
        flows.undo(decision=Decision.objects.get(pk=published.pk), by=None, now=now)
    newest = case.decisions.first()
    with pytest.raises(NotAllowed):
        flows.undo(decision=newest, by=None, now=now + timedelta(days=31))
    flows.undo(decision=newest, by=None, now=now + timedelta(days=29))


def test_whoever_decides_second_is_shown_what_the_first_decided_t09():
    case = make.case_of(make.waiting_page())
    flows.decline(case=case, reason="off-topic", note="", by=make.olga(), version=1, now=timezone.now())
    answer = make.signed_in(make.mina()).post(f"/moderation/{case.pk}/", decision_form(case, "publish", version=1))
    assert answer.status_code == 409
    assert "Somebody else decided first" in answer.content.decode()
    assert "not about backs" in answer.content.decode()
    assert not Page.objects.published().exists()


def test_a_conflict_stores_nothing():
    case = make.case_of(make.waiting_page())
    with pytest.raises(Conflict):
        flows.publish(case=case, by=None, version=99, now=timezone.now())
    assert Decision.objects.count() == 0


def test_the_author_hears_what_became_of_it_ten_minutes_later():
    page = make.waiting_page()
    receipt, _code = store.issue(page=page, email="vik@example.org", today=make.TODAY)
    case = make.case_of(page)
    decision = flows.publish(case=case, by=None, version=case.version, now=make.NOW)
    mail = Delivery.objects.get(purpose="moderation/mail/decided")
    assert mail.due_at == make.NOW + timedelta(minutes=10)
    assert receipt.addresses.get().purge_on == make.TODAY + timedelta(days=30)
    flows.undo(decision=decision, by=None, now=make.NOW)
    mail.refresh_from_db()
    assert mail.state == "cancelled"


def test_the_most_harmful_stands_first_then_the_oldest():
    quiet = make.waiting_page("An ordinary page")
    urgent = make.waiting_page("An urgent page", flags=["cauda-equina"])
    case = make.case_of(urgent)
    case.priority = 3
    case.save()
    text = make.signed_in(make.mina()).get("/moderation/").content.decode()
    assert text.index(urgent.title) < text.index(quiet.title)


def test_the_queue_asks_the_database_no_more_often_when_more_waits(django_assert_max_num_queries):
    for number in range(30):
        page = make.waiting_page(f"Page number {number}")
        if number % 3 == 0:
            make.waiting_comment(make.page(f"Public page {number}"), f"Reply number {number}")
        assert page.pk
    mina = make.signed_in(make.mina())
    with django_assert_max_num_queries(8):
        assert mina.get("/moderation/").status_code == 200


@pytest.mark.parametrize("who", [None, make.ana])
def test_nobody_else_sees_the_queue(who):
    case = make.case_of(make.waiting_page())
    client = make.signed_in(who()) if who else Client()
    for address in ("/moderation/", f"/moderation/{case.pk}/"):
        answer = client.get(address)
        assert answer.status_code == (404 if who else 302)
    assert client.post(f"/moderation/{case.pk}/", decision_form(case, "publish")).status_code in {302, 404}
    case.refresh_from_db()
    assert case.state == "waiting"


def test_a_form_that_lost_its_token_shows_what_was_typed():
    case = make.case_of(make.waiting_page())
    mina = Client(enforce_csrf_checks=True)
    mina.force_login(make.mina())
    note = "Please leave out the name of your doctor, then it can go up."
    answer = mina.post(f"/moderation/{case.pk}/", decision_form(case, "decline", reason="off-topic", note=note))
    assert answer.status_code == 403
    assert note in answer.content.decode()
