"""The owner's account: made by one command, signed in by a link that works once and for half an hour."""

import re
import threading
from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import signing
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from accounts.links import GOOD_FOR, SALT, account_of, link_path
from accounts.models import Role, User
from accounts.roles import can_run_the_site
from backsite.owner import owner_of_local_site
from tests import make

pytestmark = pytest.mark.django_db


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_create_owner_makes_an_account_with_all_rights(capsys):
    call_command("create_owner", "Olga@Example.org", "--password", "wheelbarrow and lemon tree")

    olga = User.objects.get()
    assert can_run_the_site(olga)
    assert (olga.email, olga.is_superuser, olga.is_staff) == ("olga@example.org", True, True)
    assert olga.check_password("wheelbarrow and lemon tree")
    address = EmailAddress.objects.get(user=olga)
    assert (address.email, address.verified, address.primary) == ("olga@example.org", True, True)


def test_with_that_password_she_signs_in(capsys):
    call_command("create_owner", "olga@example.org", "--password", "wheelbarrow and lemon tree")
    client = Client()

    client.post("/accounts/login/", {"login": "olga@example.org", "password": "wheelbarrow and lemon tree"})

    assert signed_in(client)


def test_an_account_that_is_there_gets_the_rights_and_keeps_its_password(capsys):
    make.user("mina@example.org", Role.MODERATOR, "mina's own password")

    call_command("create_owner", "mina@example.org")

    mina = User.objects.get()
    assert can_run_the_site(mina)
    assert mina.check_password("mina's own password")


def test_the_link_that_is_printed_shows_a_button_and_signs_in_once(capsys):
    call_command("create_owner", "olga@example.org")
    address = re.search(r"http://[^/]+(/accounts/owner/\S+/)", capsys.readouterr().out)
    assert address
    client = Client()

    assert "Sign me in" in client.get(address[1]).content.decode()
    assert not signed_in(client)
    answer = client.post(address[1])
    assert (answer.status_code, answer["Location"]) == (303, "/desk/")
    assert signed_in(client)

    again = Client()
    assert "has been used already" in again.post(address[1]).content.decode()
    assert not signed_in(again)


def test_a_link_is_dead_after_half_an_hour_after_another_signing_in_and_after_a_new_password(monkeypatch):
    olga = make.olga()
    made = link_path(olga).split("/")[-2]
    assert account_of(made) == olga

    monkeypatch.setattr("accounts.links.GOOD_FOR", -1)
    assert account_of(made) is None
    monkeypatch.setattr("accounts.links.GOOD_FOR", GOOD_FOR)

    User.objects.filter(pk=olga.pk).update(last_login=datetime(2026, 11, 22, tzinfo=UTC) + timedelta(hours=1))
    assert account_of(made) is None

    olga.refresh_from_db()
    made = link_path(olga).split("/")[-2]
    olga.set_password("another long password")
    olga.save()
    assert account_of(made) is None


MADE_UP = ["x", "x:y:z", signing.dumps("x", salt=SALT), signing.dumps([1, "x"], salt="other")]


@pytest.mark.parametrize("token", MADE_UP, ids=["no token", "nonsense", "another value", "another salt"])
def test_made_up_links_all_get_the_same_kind_page(client, token):
    answer = client.post(f"/accounts/owner/{token}/")

    assert answer.status_code == 200
    assert "has been used already" in answer.content.decode()


@pytest.mark.parametrize("role", [Role.MEMBER, Role.MODERATOR])
def test_a_link_signs_in_nobody_but_an_owner(role):
    somebody = make.user("somebody@example.org", role)

    assert account_of(link_path(somebody).split("/")[-2]) is None


@pytest.mark.django_db(transaction=True)
def test_of_two_who_use_the_link_at_once_one_signs_in():
    address, clients = link_path(make.olga()), [Client(), Client()]
    start = threading.Barrier(2)

    def use(client: Client) -> None:
        start.wait()
        client.post(address)
        connection.close()

    both = [threading.Thread(target=use, args=[client]) for client in clients]
    for each in both:
        each.start()
    for each in both:
        each.join()

    assert sorted(signed_in(client) for client in clients) == [False, True]


def test_a_weak_password_is_refused_where_strangers_can_try_it(settings, capsys):
    settings.SITE_IS_LOCAL = False
    with pytest.raises(CommandError, match="too short"):
        call_command("create_owner", "olga@example.org", "--password", "back")
    assert not User.objects.exists()

    settings.SITE_IS_LOCAL = True
    call_command("create_owner", "olga@example.org", "--password", "back")
    assert "Change this password" in capsys.readouterr().err


def test_what_is_no_address_is_no_account():
    with pytest.raises(CommandError, match="email"):
        call_command("create_owner", "olga")


def test_a_local_site_has_one_owner_from_the_first_start():
    assert owner_of_local_site() == owner_of_local_site()
    assert can_run_the_site(User.objects.get())


def test_a_local_site_keeps_the_owner_that_it_has():
    olga = make.olga()

    assert owner_of_local_site() == olga
