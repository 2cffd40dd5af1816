"""The owner's old addresses lead on; nothing leads off the site."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from tests import make
from tips.moved.models import OldAddress

pytestmark = pytest.mark.django_db


def test_an_old_address_leads_to_the_new_one_for_good():
    OldAddress.objects.create(old="/back-exercises.html", new="/articles/back-exercises/")
    answer = Client().get("/back-exercises.html")
    assert (answer.status_code, answer["Location"]) == (301, "/articles/back-exercises/")


def test_an_address_that_nobody_named_is_not_found():
    assert Client().get("/back-exercises.html").status_code == 404


def test_an_address_that_no_database_can_hold_is_not_found():
    assert Client().get("/old%00.html").status_code == 404


def test_a_page_that_is_there_wins_over_an_old_address():
    page = make.article()
    OldAddress.objects.create(old=page.get_absolute_url(), new="/contact/")
    assert Client().get(page.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("new", ["https://evil.example/", "//evil.example/", "/\\evil.example", "articles/", "/a b/"])
def test_nothing_leads_off_the_site(new):
    with pytest.raises(ValidationError) as complaint:
        OldAddress(old="/old/", new=new).full_clean()
    assert "new" in complaint.value.message_dict


def test_no_address_leads_in_a_ring():
    OldAddress.objects.create(old="/b/", new="/c/")
    with pytest.raises(ValidationError):
        OldAddress(old="/a/", new="/b/").full_clean()
    with pytest.raises(ValidationError):
        OldAddress(old="/a/", new="/a/").full_clean()


def test_the_owner_adds_one_in_the_admin():
    owner = make.signed_in(make.olga())
    answer = owner.post("/admin/moved/oldaddress/add/", {"old": "/old.html", "new": "/about/"})
    assert answer.status_code == 302
    assert Client().get("/old.html")["Location"] == "/about/"


def test_a_moderator_does_not():
    answer = make.signed_in(make.mina()).post("/admin/moved/oldaddress/add/", {"old": "/old.html", "new": "/about/"})
    assert answer.status_code in (302, 403)
    assert not OldAddress.objects.exists()
