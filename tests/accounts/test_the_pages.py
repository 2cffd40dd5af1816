"""Every page about accounts looks like the site, says its name, and lives with its content policy."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from accounts.models import User
from tests import make
from tests.accounts.people import PASSWORD, confirmed, with_app
from tips.desk.flows import save_practice
from tips.practice.models import Practice

pytestmark = pytest.mark.django_db

FOR_STRANGERS = """
    login/ signup/ password/reset/ password/reset/done/ password/reset/key/done/ password/reset/key/1-made-up/
    confirm-email/ confirm-email/made-up/ inactive/ owner/made-up/
""".split()
FOR_PEOPLE = "logout/ email/ password/change/ 2fa/ 2fa/totp/activate/ 2fa/webauthn/ 2fa/webauthn/add/".split()
AFTER_ENROLLING = """
    2fa/ 2fa/totp/deactivate/ 2fa/recovery-codes/ 2fa/recovery-codes/generate/ 2fa/webauthn/ reauthenticate/
    2fa/reauthenticate/
""".split()


@pytest.fixture(autouse=True)
def the_owner_said_who_she_is(db, django_capture_on_commit_callbacks):
    practice = Practice(name="Olga Berg", site_name="Olga’s backs", country="GB")
    with django_capture_on_commit_callbacks(execute=True):
        save_practice(practice=practice, photo=None, remove_photo=False, by=None, now=make.NOW)


def proven(who: User) -> Client:
    """Signed in, and asked for the password again just now."""
    client = make.signed_in(confirmed(who))
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def looks_right(answer) -> None:
    page = answer.content.decode()
    assert answer.status_code == 200, answer.headers.get("Location")
    assert re.search(r"<title>[^<]+ · Olga’s backs</title>", page)
    assert re.search(r'<a class="brand".*Olga’s backs</span>', page)
    assert "Written by Olga Berg" in page
    shown = re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)  # a passkey is made for a host
    assert "testserver" not in shown  # what Django takes the site’s name for
    assert page.count("<h1>") == 1
    lives_with_the_policy(page)


def lives_with_the_policy(page: str) -> None:
    assert not re.search(r"<[^>]+\s(style|on\w+)=", page)
    assert "<style" not in page
    assert not re.search(r'(src|href|action)="(data|javascript|https?|//)', page)
    for attributes in re.findall(r"<script([^>]*)>", page):
        assert 'src="/static/' in attributes or 'type="application/json"' in attributes


@pytest.mark.parametrize("address", FOR_STRANGERS)
def test_pages_for_strangers(address):
    looks_right(Client().get(f"/accounts/{address}"))


@pytest.mark.parametrize("address", FOR_PEOPLE)
def test_pages_for_people_with_an_account(address):
    looks_right(proven(make.mina()).get(f"/accounts/{address}"))


@pytest.mark.parametrize("address", AFTER_ENROLLING)
def test_pages_for_people_who_enrolled(address):
    mina = make.mina()
    with_app(mina)

    looks_right(proven(mina).get(f"/accounts/{address}"))


def test_the_second_step_of_signing_in():
    with_app(make.mina())
    client = Client()
    client.post("/accounts/login/", {"login": "mina@example.org", "password": PASSWORD})

    looks_right(client.get("/accounts/2fa/authenticate/"))


def test_a_passkey_can_be_looked_at_renamed_and_removed():
    mina = make.mina()
    key = Authenticator.objects.create(
        user=mina, type="webauthn", data={"name": "Blue key", "credential": {"clientExtensionResults": {}}}
    )
    client = proven(mina)

    for address in ("2fa/webauthn/", f"2fa/webauthn/keys/{key.pk}/edit/", f"2fa/webauthn/keys/{key.pk}/remove/"):
        looks_right(client.get(f"/accounts/{address}"))


def test_recovery_codes_are_shown_as_a_list_to_keep():
    mina = make.mina()
    with_app(mina)
    codes = Authenticator.objects.get(user=mina, type="recovery_codes").wrap().generate_codes()

    page = proven(mina).get("/accounts/2fa/recovery-codes/").content.decode()

    assert all(code in page for code in codes)


def test_a_changed_address_waits_for_its_letter():
    client = proven(make.mina())
    client.post("/accounts/email/", {"action_add": "", "email": "mina@elsewhere.example"})

    answer = client.get("/accounts/email/")

    looks_right(answer)
    assert "Waiting to be confirmed: mina@elsewhere.example" in answer.content.decode()
    assert User.objects.get().email == "mina@example.org"


def test_nothing_about_accounts_is_for_search_engines():
    for address in ("login/", "password/reset/", "signup/"):
        assert 'name="robots" content="noindex"' in Client().get(f"/accounts/{address}").content.decode()
