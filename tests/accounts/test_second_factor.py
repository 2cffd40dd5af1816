"""Staff need a second factor: they are led to it, it is asked for at every sign-in, and no door leads round it."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.conf import settings as site
from django.test import Client

from accounts.models import Role
from tests import make
from tests.accounts.people import PASSWORD, confirmed, digits, is_signed_in, sign_in, with_app

pytestmark = pytest.mark.django_db

STAFF_PAGES = ["/moderation/", "/admin/", "/desk/", "/admin/pages/page/", "/desk/setup/"]
ENROL = "/accounts/2fa/"
APP = "/accounts/2fa/totp/activate/"


@pytest.fixture(autouse=True)
def as_on_a_public_site(settings):
    settings.STAFF_MFA = True


def owner_without_app() -> Client:
    """As after the link that the terminal prints: signed in, with no password and nothing enrolled."""
    olga = confirmed(make.olga())
    olga.set_unusable_password()
    olga.save()
    return make.signed_in(olga)


def enrol(client: Client) -> str:
    """Set up an app as a person does: read the key off the page, type the six digits."""
    page = client.get(APP).content.decode()
    shown = re.search(r"<code>([A-Z2-7 ]+)</code>", page)
    assert shown
    key = shown[1].replace(" ", "")
    assert client.post(APP, {"code": digits(key)}).status_code == 302
    return key


@pytest.mark.parametrize("address", STAFF_PAGES)
def test_without_one_every_staff_page_leads_to_getting_one_and_then_opens(address):
    client = owner_without_app()
    assert client.get(address)["Location"] == ENROL
    assert client.post(address)["Location"] == ENROL
    assert "A passkey" in client.get(ENROL).content.decode()

    enrol(client)

    assert client.get(address).status_code == 200


def test_a_moderator_with_a_password_proves_it_once_more_and_enrols():
    confirmed(make.mina())
    client = Client()
    sign_in(client, "mina@example.org")
    assert client.get("/moderation/")["Location"] == ENROL

    answer = client.get(APP)
    assert answer["Location"].startswith("/accounts/reauthenticate/")
    client.post(answer["Location"], {"password": PASSWORD})
    enrol(client)

    assert client.get("/moderation/").status_code == 200


def test_decisions_cannot_be_posted_without_one_either():
    case = make.case_of(make.waiting_page())
    client = make.signed_in(make.mina())

    client.post(f"/moderation/{case.pk}/", {"action": "publish", "version": case.version})

    case.refresh_from_db()
    assert case.state == "waiting"


def test_it_is_this_middleware_that_asks(settings):
    """So that nobody takes it out of the settings unnoticed: without it the pages above open."""
    asks = "accounts.staff.second_factor_required"
    assert site.MIDDLEWARE[-1] == asks
    settings.MIDDLEWARE = [each for each in site.MIDDLEWARE if each != asks]

    assert owner_without_app().get("/moderation/").status_code == 200


def test_a_site_of_ones_own_machine_may_do_without(settings):
    settings.STAFF_MFA = False

    assert owner_without_app().get("/moderation/").status_code == 200


@pytest.mark.parametrize("address", ["/", "/pages/", "/share/", "/search/?q=back"])
def test_members_and_strangers_are_never_asked(address):
    assert make.signed_in(make.ana()).get(address).status_code == 200
    assert Client().get(address).status_code == 200


def test_whoever_has_none_yet_can_still_sign_out():
    client = owner_without_app()

    assert client.post("/accounts/logout/").status_code == 302
    assert not is_signed_in(client)


def test_the_next_sign_in_asks_for_the_digits_and_takes_them_once():
    key = with_app(make.mina())
    client = Client()
    answer = sign_in(client, "mina@example.org")
    assert answer["Location"].startswith("/accounts/2fa/authenticate/")
    assert not is_signed_in(client)
    assert client.get("/moderation/").status_code == 302

    code = digits(key)
    assert client.post("/accounts/2fa/authenticate/", {"code": code})["Location"] == "/moderation/"
    assert client.get("/moderation/").status_code == 200

    again = Client()
    sign_in(again, "mina@example.org")
    again.post("/accounts/2fa/authenticate/", {"code": code})
    assert not is_signed_in(again)


def test_wrong_digits_sign_nobody_in():
    key = with_app(make.mina())
    client = Client()
    sign_in(client, "mina@example.org")

    wrong = f"{(int(digits(key)) + 1) % 10**6:06}"
    assert client.post("/accounts/2fa/authenticate/", {"code": wrong}).status_code == 200
    assert not is_signed_in(client)


def test_a_recovery_code_opens_once():
    mina = make.mina()
    with_app(mina)
    codes = Authenticator.objects.get(user=mina, type="recovery_codes").wrap().generate_codes()
    first, second = Client(), Client()
    for client in (first, second):
        sign_in(client, "mina@example.org")
        client.post("/accounts/2fa/authenticate/", {"code": codes[0]})

    assert is_signed_in(first)
    assert not is_signed_in(second)


def test_the_sign_in_of_the_admin_is_no_way_round_it():
    """Ana has an account and has got hold of the owner's password; Django's own form would let her in with it."""
    with_app(make.olga())
    ana = make.signed_in(make.ana())

    answer = ana.post("/admin/login/?next=/admin/", {"username": "olga@example.org", "password": PASSWORD})

    assert answer.status_code == 404
    assert ana.session["_auth_user_id"] == str(make.ana().pk)
    stranger = Client()
    answer = stranger.post("/admin/login/", {"username": "olga@example.org", "password": PASSWORD})
    assert answer["Location"].startswith("/accounts/login/")
    assert not is_signed_in(stranger)


def test_the_owner_can_take_a_lost_one_away_and_reads_no_secret():
    key = with_app(make.mina())
    olga = make.olga()
    own = with_app(olga)
    lost = Authenticator.objects.get(user=make.mina(), type="totp")
    client = make.signed_in(olga)

    for address in ("/admin/mfa/authenticator/", f"/admin/mfa/authenticator/{lost.pk}/change/"):
        page = client.get(address).content.decode()
        assert key not in page
        assert own not in page
    assert client.post(f"/admin/mfa/authenticator/{lost.pk}/delete/", {"post": "yes"}).status_code == 302
    assert not Authenticator.objects.filter(user=make.mina()).exists()  # nor would a recovery code open
    assert make.signed_in(make.mina()).get("/moderation/")["Location"] == ENROL


def test_recovery_codes_alone_are_no_second_factor():
    mina = confirmed(make.mina())
    RecoveryCodes.activate(mina)

    assert make.signed_in(mina).get("/moderation/")["Location"] == ENROL


def test_the_key_can_be_scanned_typed_or_opened_without_a_foreign_image():
    client = owner_without_app()
    assert client.get("/accounts/2fa/totp/picture.svg").status_code == 404  # nothing is being enrolled

    page = client.get(APP).content.decode()

    assert 'src="/accounts/2fa/totp/picture.svg"' in page
    assert "data:" not in page
    assert "otpauth://totp/" in page
    picture = client.get("/accounts/2fa/totp/picture.svg")
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/svg+xml")
    assert "no-store" in picture["Cache-Control"]
    assert picture.content.startswith(b"<?xml")
    assert b"style=" not in picture.content


def test_the_picture_is_of_the_key_on_the_page(monkeypatch):
    drawn = []
    client = owner_without_app()
    page = client.get(APP).content.decode()
    key = re.search(r"<code>([A-Z2-7 ]+)</code>", page)
    assert key
    make_code = __import__("segno").make
    monkeypatch.setattr("segno.make", lambda text, **how: (drawn.append(text), make_code(text, **how))[1])

    client.get("/accounts/2fa/totp/picture.svg")

    assert f"secret={key[1].replace(' ', '')}" in drawn[0]


@pytest.mark.parametrize("role", [Role.MEMBER, None])
def test_strangers_and_members_have_nothing_to_see_there(role):
    client = make.signed_in(confirmed(make.user("ana@example.org", role))) if role else Client()

    assert client.get("/accounts/2fa/totp/picture.svg").status_code == (404 if role else 302)


def test_who_is_owner_no_longer_keeps_nothing():
    olga = make.olga()
    with_app(olga)
    olga.is_superuser, olga.role = True, Role.LEAD
    olga.save()
    client = make.signed_in(olga)

    assert client.get("/admin/accounts/user/").status_code == 403
    assert client.get("/desk/setup/").status_code == 404
