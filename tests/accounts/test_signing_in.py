"""The people who run the site sign in and out; nobody else has anything to sign in for."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from accounts.models import Role, User
from tests import make
from tests.accounts.people import PASSWORD, confirmed, is_signed_in, sign_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "place"), [(Role.MODERATOR, "/moderation/"), (Role.OWNER, "/moderation/"), (Role.MEMBER, "/")]
)
def test_with_address_and_password_they_come_to_what_they_may_see(role, place):
    who = confirmed(make.user("mina@example.org", role))
    client = Client()

    answer = sign_in(client, "Mina@Example.org")

    assert (answer.status_code, answer["Location"]) == (302, place)
    assert client.get(place).status_code == 200
    assert client.session["_auth_user_id"] == str(who.pk)


def test_a_wrong_password_keeps_the_address_and_nothing_else():
    confirmed(make.mina())
    client = Client()

    answer = sign_in(client, "mina@example.org", "not her password")

    page = answer.content.decode()
    assert 'value="mina@example.org"' in page
    assert "not her password" not in page
    assert "There is a problem" in page
    assert not is_signed_in(client)


def test_somebody_who_left_the_team_cannot_sign_in_and_is_out_at_once():
    mina = confirmed(make.mina())
    inside = make.signed_in(mina)
    User.objects.update(is_active=False)

    assert inside.get("/moderation/")["Location"].startswith("/accounts/login/")
    client = Client()
    sign_in(client, "mina@example.org")
    assert not is_signed_in(client)


def test_signing_out_is_a_button_and_leaves_no_session():
    client = make.signed_in(make.mina())

    assert "Sign out?" in client.get("/accounts/logout/").content.decode()
    assert is_signed_in(client)
    assert client.post("/accounts/logout/")["Location"] == "/"
    assert not is_signed_in(client)
    assert Session.objects.count() == 0
    assert client.get("/moderation/").status_code == 302


def test_a_session_from_before_signing_in_is_worth_nothing_afterwards_t44():
    confirmed(make.mina())
    client = Client()
    client.get("/accounts/2fa/webauthn/login/", headers={"accept": "application/json"})  # gives a stranger a session
    planted = client.cookies["session"].value

    sign_in(client, "mina@example.org")

    assert client.cookies["session"].value != planted
    thief = Client()
    thief.cookies["session"] = planted
    assert thief.get("/moderation/").status_code == 302


def test_a_new_password_ends_every_other_session_t44():
    mina = confirmed(make.mina())
    here, elsewhere = Client(), make.signed_in(mina)
    sign_in(here, "mina@example.org")

    answer = here.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": "quite another sentence", "password2": "quite another sentence"},
    )

    assert answer.status_code == 302
    assert elsewhere.get("/moderation/").status_code == 302
    assert here.get("/moderation/").status_code == 302  # here too: whoever changed it signs in with the new one
    sign_in(here, "mina@example.org", "quite another sentence")
    assert here.get("/moderation/").status_code == 200


@pytest.mark.parametrize("weak", ["short", "password123456", "mina@example.org"])
def test_a_weak_password_is_refused(weak):
    mina = confirmed(make.mina())
    client = make.signed_in(mina)

    answer = client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": weak, "password2": weak})

    assert answer.status_code == 200
    mina.refresh_from_db()
    assert mina.check_password(PASSWORD)


def test_nobody_can_sign_up_and_they_are_told_that_they_need_not():
    for answer in (
        Client().get("/accounts/signup/"),
        Client().post("/accounts/signup/", {"email": "vik@example.org", "password1": PASSWORD, "password2": PASSWORD}),
    ):
        page = answer.content.decode()
        assert "You need no account here" in page
        assert 'href="/share/"' in page
    assert not User.objects.exists()


def test_the_login_page_invites_nobody_to_sign_up():
    assert "signup" not in Client().get("/accounts/login/").content.decode()
