"""T44: what a public site says over https, and that its cookies belong to it alone."""

import pytest
from django.test import Client

from tests import make
from tests.accounts.people import PASSWORD, confirmed
from tests.house.policy import POLICY, TRUSTED_TYPES
from tests.house.public_site import HOST

pytestmark = pytest.mark.django_db


def test_https_is_asked_for_and_remembered(public_site):
    answer = public_site.get("/glossary/")
    assert (answer.status_code, answer["Location"]) == (301, f"https://{HOST}/glossary/")

    answer = public_site.get("/glossary/", secure=True)
    assert answer.status_code == 200
    assert answer["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains; preload"
    assert answer["Content-Security-Policy"] == POLICY + TRUSTED_TYPES


def test_every_cookie_belongs_to_this_host_and_to_https_alone_t44(public_site):
    confirmed(make.mina())
    public_site.get("/accounts/login/", secure=True)
    origin = {"origin": f"https://{HOST}"}
    public_site.post(
        "/accounts/login/", {"login": "mina@example.org", "password": PASSWORD}, secure=True, headers=origin
    )
    token = make.FORM_TOKEN.search(public_site.get("/share/", secure=True).content.decode())
    story = {"form_token": token[1] if token else "", "website": "", **make.story()}
    assert public_site.post("/share/", story, secure=True, headers=origin).status_code == 303

    kept = {name for name, morsel in public_site.cookies.items() if morsel.value}
    assert {"__Host-csrf", "__Host-session", "__Host-receipt-share"} <= kept
    for name in kept:
        cookie = public_site.cookies[name]
        assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax"), name
        assert (cookie["path"], cookie["domain"]) == ("/", ""), name
        assert name.startswith("__Host-"), name


def test_what_staff_are_told_travels_in_no_cookie_of_its_own_t44(settings):
    """Django’s own choice is a cookie without __Host-, which can say whom a letter went to."""
    assert settings.MESSAGE_STORAGE == "django.contrib.messages.storage.session.SessionStorage"


def test_on_ones_own_machine_there_is_no_https_to_ask_for():
    answer = Client().get("/glossary/")

    assert answer.status_code == 200
    assert "Strict-Transport-Security" not in answer.headers
