"""T43: nobody posts for those who are signed in, nor signs them in or out, from another site."""

from collections.abc import Callable

import pytest
from django.conf import settings as site
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory

from accounts.models import User
from tests import make
from tests.accounts.people import PASSWORD, confirmed, is_signed_in, with_app
from tests.house.addresses import patterns, world
from tests.house.foreign import FOREIGN_ORIGINS
from tips.cases.models import Case
from tips.pages.models import Page
from tips.practice.models import Practice

pytestmark = pytest.mark.django_db


def decided() -> int:
    return Case.objects.exclude(state="waiting").count()


STAFF_FORMS: dict[str, tuple[Callable[[], tuple[str, dict[str, str]]], Callable[[], int]]] = {
    "a decision": (
        lambda: (f"/moderation/{make.case_of(make.waiting_page()).pk}/", {"action": "publish", "version": "1"}),
        decided,
    ),
    "setting up": (
        lambda: ("/desk/setup/", {"name": "Mallory", "country": "GB", "time_zone": "Europe/London"}),
        lambda: Practice.objects.filter(name="Mallory").count(),
    ),
    "a new owner": (
        lambda: ("/admin/accounts/user/add/", {"email": "mallory@evil.example", "role": "owner", "is_active": "on"}),
        lambda: User.objects.filter(email="mallory@evil.example").count(),
    ),
    "a page in the admin": (
        lambda: (
            f"/admin/pages/page/{make.article().pk}/change/",
            {"title": "Mallory", "source": "x", "revisions-TOTAL_FORMS": "0", "revisions-INITIAL_FORMS": "0"},
        ),
        lambda: Page.objects.filter(title="Mallory").count(),
    ),
}


def ask_for_token(client: Client) -> str:
    """A token that belongs to this browser's cookie."""
    request = RequestFactory().get("/")
    request.COOKIES = {}
    token = get_token(request)
    client.cookies[site.CSRF_COOKIE_NAME] = request.META["CSRF_COOKIE"]
    return token


def posted_by_owner(name: str, headers: dict[str, str], *, token: str) -> tuple[int, int]:
    where, count = STAFF_FORMS[name]
    path, said = where()
    client = Client(enforce_csrf_checks=True)
    client.force_login(make.olga())
    good = ask_for_token(client)
    values = {"good": good, "absent": "", "of another browser": ask_for_token(Client()), "made up": "x" * 64}
    before = count()
    answer = client.post(path, {**said, "csrfmiddlewaretoken": values[token]}, headers=headers)
    return answer.status_code, count() - before


@pytest.mark.parametrize("name", STAFF_FORMS)
def test_staff_post_from_our_own_pages_t43(name):
    for headers in ({}, {"origin": "http://testserver"}):
        status, made = posted_by_owner(name, headers, token="good")
        assert status in {302, 303}
        assert made == 1
        Page.objects.filter(title="Mallory").delete()
        User.objects.filter(email="mallory@evil.example").delete()
        Practice.objects.all().delete()


@pytest.mark.parametrize("origin", FOREIGN_ORIGINS)
@pytest.mark.parametrize("name", STAFF_FORMS)
def test_nobody_posts_for_them_from_elsewhere_t43(name, origin):
    assert posted_by_owner(name, {"origin": origin}, token="good") == (403, 0)


@pytest.mark.parametrize("headers", [{}, {"origin": "http://testserver"}, {"origin": "https://evil.example"}])
@pytest.mark.parametrize("token", ["absent", "of another browser", "made up"])
@pytest.mark.parametrize("name", STAFF_FORMS)
def test_nobody_posts_for_them_without_their_token_t43(name, token, headers):
    assert posted_by_owner(name, headers, token=token) == (403, 0)


# Foreign origins are refused there by tests/sharing/test_drafts.py; a token would cost the draft of an expired form.
WHILE_WRITING = ("/share/draft/", "/share/draft/forget/", "/share/photo/")


def test_every_other_form_behind_a_sign_in_asks_for_a_token_as_well_t43():
    """Whatever address there is: a POST without token of somebody signed in is refused, or is a form of the guard's."""
    there, guarded = world(), {"/share/", *WHILE_WRITING, "/mine/", "/contact/", "/report/", "/course/", "/course/me/"}

    def refused(path: str) -> bool:
        client = there.client("owner", enforce_csrf_checks=True)
        return client.post(path).status_code in {403, 404, 405}

    taken = [path for path in map(there.address, patterns()) if not refused(path)]

    by_link = {
        there.address("mine/replies/<str:token>/"),
        there.address("r/<str:word>"),
        there.address("course/me/lessons/<slug:slug>/"),
        there.address("course/confirm/<str:token>/"),
        there.address("u/<str:word>"),
    }
    assert {path for path in taken if not path.endswith("/comment/")} <= guarded | by_link


@pytest.mark.parametrize("headers", [{}, {"origin": "https://evil.example"}])
def test_nobody_is_signed_in_or_out_by_another_site_t43(headers):
    """Signed in to somebody else's account, a moderator would read and decide under a name not theirs."""
    confirmed(make.mina())
    client = Client(enforce_csrf_checks=True)
    said = {"login": "mina@example.org", "password": PASSWORD}
    assert client.post("/accounts/login/", said, headers=headers).status_code == 403
    assert not is_signed_in(client)

    with_app(make.mina())
    client.force_login(make.mina())
    for path in ("/accounts/logout/", "/admin/logout/", "/accounts/2fa/totp/deactivate/"):
        assert client.post(path, headers=headers).status_code == 403
    assert is_signed_in(client)


def test_the_sign_in_link_of_the_owner_is_no_way_to_sign_somebody_in_either_t43():
    there = world()
    client = Client(enforce_csrf_checks=True)

    assert client.post(there.address("accounts/owner/<str:token>/")).status_code == 403
    assert not is_signed_in(client)
