"""Spam, and only spam, can be marked many at once: looked at first, and taken back together."""

import pytest
from django.test import Client

from tests import make
from tests.sharing.mine import text_of
from tips.cases.models import Case, Decision

pytestmark = pytest.mark.django_db


def two() -> list[Case]:
    return [make.case_of(make.waiting_page(f"Buy my cushions {number}")) for number in range(2)]


def mark(client, cases, **over):
    return client.post("/moderation/spam/", {"case": [f"{each.pk}.{each.version}" for each in cases], **over})


def test_the_first_press_only_shows_what_would_be_marked():
    cases = two()
    text = text_of(mark(make.signed_in(make.mina()), cases))
    assert "Mark 2 as spam?" in text
    assert "Buy my cushions 1" in text
    assert Case.objects.waiting().count() == 2


def test_the_second_press_marks_and_one_more_takes_all_of_them_back():
    cases = two()
    mina = make.signed_in(make.mina())
    assert mark(mina, cases, sure="yes").status_code == 303
    assert Case.objects.filter(state="spam").count() == 2
    batch = Decision.objects.latest("pk").batch
    assert f"/moderation/spam/{batch}/undo/" in text_of(mina.get("/moderation/"))
    mina.post(f"/moderation/spam/{batch}/undo/")
    assert Case.objects.waiting().count() == 2


def test_what_somebody_changed_or_decided_meanwhile_is_left_alone():
    one, other = two()
    Case.objects.filter(pk=one.pk).update(version=2)
    mark(make.signed_in(make.mina()), [one, other], sure="yes")
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.state, other.state) == ("waiting", "spam")


def test_nobody_who_may_be_in_need_is_swept_away():
    case = two()[0]
    Case.objects.filter(pk=case.pk).update(priority=3)
    mina = make.signed_in(make.mina())
    assert f'value="{case.pk}.' not in text_of(mina.get("/moderation/"))
    assert mark(mina, [case]).status_code == 422
    mark(mina, [case], sure="yes")
    case.refresh_from_db()
    assert case.state == "waiting"


@pytest.mark.parametrize("typed", ["x", "1", "1.2.3", "-1.1", "999999.1", "1.x"])
def test_anything_else_that_is_sent_does_nothing(typed):
    two()
    mina = make.signed_in(make.mina())
    assert mina.post("/moderation/spam/", {"case": [typed], "sure": "yes"}).status_code == 303
    assert Case.objects.waiting().count() == 2


@pytest.mark.parametrize("who", [None, make.ana], ids=["stranger", "member"])
def test_nobody_else_can(who):
    cases = two()
    client = make.signed_in(who()) if who else Client()
    assert mark(client, cases, sure="yes").status_code == (404 if who else 302)
    assert Case.objects.waiting().count() == 2
