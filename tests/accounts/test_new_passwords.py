"""A new password by letter: for those who forgot theirs, and for those whom the owner has just invited."""

import pytest
from django.test import Client

from accounts.models import Role, User
from tests import make
from tests.accounts.people import confirmed, is_signed_in, letters, sign_in
from tests.course.mailbox import link_of, text_of

pytestmark = pytest.mark.django_db

ASK = "/accounts/password/reset/"
NEW = "a sentence about lemon trees"


def follow(link: str, password: str = NEW) -> Client:
    client = Client()
    answer = client.get(link)
    assert answer.status_code == 302
    answer = client.post(answer["Location"], {"password1": password, "password2": password})
    assert answer.status_code == 302
    return client


def asked_for(email: str) -> str:
    Client().post(ASK, {"email": email})
    return link_of(letters()[-1], "/accounts/password/reset/key/")


def test_a_letter_brings_a_link_that_works_once_t39():
    mina = confirmed(make.mina())
    link = asked_for("mina@example.org")

    follow(link)

    mina.refresh_from_db()
    assert mina.check_password(NEW)
    again = Client().get(link, follow=True)
    assert "password1" not in again.content.decode()


def test_a_link_from_before_the_last_signing_in_is_dead_t39():
    confirmed(make.mina())
    link = asked_for("mina@example.org")
    sign_in(Client(), "mina@example.org")

    assert "password1" not in Client().get(link, follow=True).content.decode()


@pytest.mark.parametrize("link", ["1-set-password", "1-abc-0123456789", "zz-cyc123-0123456789abcdef"])
def test_made_up_links_change_nothing_t39(link):
    answer = Client().get(f"/accounts/password/reset/key/{link}/", follow=True)

    assert answer.status_code == 200
    assert "password1" not in answer.content.decode()


def test_the_owner_invites_a_moderator_who_chooses_a_password_and_reads():
    owner = make.signed_in(make.olga())
    answer = owner.post(
        "/admin/accounts/user/add/",
        {"email": "Nils@example.org", "name": "Nils", "role": "moderator", "is_active": "on"},
    )
    assert answer.status_code == 302
    nils = User.objects.get(email="nils@example.org")
    assert not nils.has_usable_password()

    follow(asked_for("nils@example.org"))
    client = Client()
    sign_in(client, "nils@example.org", NEW)

    assert is_signed_in(client)
    assert client.get("/moderation/").status_code == 200


def test_a_new_password_is_not_a_way_round_the_second_factor(settings):
    settings.STAFF_MFA = True
    mina = confirmed(make.user("mina@example.org", Role.MODERATOR))

    client = follow(asked_for(mina.email))

    assert not is_signed_in(client)


def test_the_letters_speak_for_the_site_and_lead_to_it_t40(settings):
    settings.SITE_URL = "https://backs.example"
    confirmed(make.mina())
    for email in ("mina@example.org", "nobody@example.org"):
        Client(headers={"host": "localhost:6666"}).post(ASK, {"email": email})

    for letter in letters():
        text = text_of(letter)
        assert "https://backs.example" in text
        assert "localhost" not in text + str(letter["Subject"])
        assert "signup" not in text
