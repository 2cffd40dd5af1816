"""The owner's desk is the owner's: five numbers, and nobody else sees them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests import make
from tips.cases.models import Kind
from tips.course.models import Enrolment
from tips.mail.models import Delivery
from tips.pages.models import Page

pytestmark = pytest.mark.django_db

OWNERS = ["/desk/", "/desk/setup/"]


@pytest.mark.parametrize("address", [*OWNERS, "/desk/style/", "/desk/setup/test-mail/"])
def test_strangers_are_sent_to_the_sign_in_page(client, address):
    answer = client.get(address)

    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("who", [make.mina, make.ana])
@pytest.mark.parametrize("address", OWNERS)
def test_moderators_and_members_find_nothing_here(who, address):
    assert make.signed_in(who()).get(address).status_code == 404


@pytest.mark.parametrize(("who", "status"), [(make.olga, 200), (make.mina, 200), (make.ana, 404)])
def test_the_style_page_is_for_staff(who, status):
    assert make.signed_in(who()).get("/desk/style/").status_code == status


def test_the_desk_counts_what_wants_doing(settings):
    make.waiting_page()
    make.case(Kind.MESSAGE)
    make.case(Kind.MESSAGE)
    make.article()
    Page.objects.filter(slug="back-exercises").update(next_review_on=timezone.localdate() - timedelta(days=1))
    Delivery.objects.create(
        purpose="x",
        idem_key="x",
        message_id="x",
        state="uncertain",
        sealed_to=b"",
        sealed_context=b"",
        created_day=make.TODAY,
    )
    for state in ("active", "paused", "unsubscribed", "pending"):
        Enrolment.objects.create(state=state, address_digest=state)

    shown = make.signed_in(make.olga()).get("/desk/").context["numbers"]

    assert [number.count for number in shown] == [1, 2, 1, 1, 2]
    assert [number.words for number in shown][:2] == ["page or reply waits", "messages wait"]


def test_the_overdue_reviews_are_one_press_away():
    make.article("due", "The overdue one")
    make.article("later", "Looked over later")
    day = timezone.localdate()
    Page.objects.filter(slug="due").update(next_review_on=day - timedelta(days=1))
    Page.objects.filter(slug="later").update(next_review_on=day + timedelta(days=1))
    olga = make.signed_in(make.olga())
    address = olga.get("/desk/").context["numbers"][2].address
    listed = olga.get(address).content.decode()
    assert "The overdue one" in listed
    assert "Looked over later" not in listed


def test_its_queries_do_not_grow(django_assert_max_num_queries):
    olga = make.signed_in(make.olga())
    for number in range(8):
        make.waiting_page(f"Page {number}")

    with django_assert_max_num_queries(10):
        olga.get("/desk/")


def test_a_new_owner_is_shown_where_to_start():
    assert "Start here" in make.signed_in(make.olga()).get("/desk/").content.decode()


def test_setting_up_needs_the_token_of_its_form():
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(make.olga())

    assert strict.post("/desk/setup/", {"name": "Somebody else"}).status_code == 403
    assert strict.post("/desk/setup/test-mail/").status_code == 403
