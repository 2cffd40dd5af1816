"""T43: what another site can make a visitor's browser send changes nothing here, and neither does looking."""

import hashlib
from collections.abc import Callable, Iterable
from datetime import timedelta
from functools import partial

import pytest
from django.apps import apps
from django.conf import settings as site
from django.db import models
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory
from django.utils import timezone

from accounts.models import User
from tests import make
from tests.accounts.people import PASSWORD, Answer, confirmed, is_signed_in, with_app
from tests.house.addresses import ROLES, World, patterns, world
from tips.cases.models import Case
from tips.contact.models import Message
from tips.course.models import Enrolment
from tips.guard import tokens
from tips.pages.models import Page
from tips.practice.models import Practice
from tips.receipts import store
from tips.receipts.codes import grouped

pytestmark = pytest.mark.django_db

OURS = site.SITE_URL
FOREIGN_ORIGINS = [
    "null",
    "https://evil.example",
    "http://evil.example",
    f"{OURS}.evil.example",
    OURS.replace("//", "//evil.example@"),
    OURS.replace(":8000", ":9000"),
    "http://testserver.evil.example",
    "ftp://testserver",
    "file://",
    "http://[",
    "",
    "testserver",
    "http://testserver, http://evil.example",
]


# --- anonymous forms: the guard ---------------------------------------------------------------------------------------


def fresh(client: Client, path: str) -> dict[str, str]:
    return make.filled(client, path)


def story(client: Client) -> tuple[str, dict[str, str]]:
    return "/share/", {**fresh(client, "/share/"), **make.story()}


def reply(client: Client) -> tuple[str, dict[str, str]]:
    path = f"{make.page('Replied to').get_absolute_url()}comment/"
    return path, {**fresh(client, path), "text": "This helped me as well.", "consent": "on", "action": "send"}


def message(client: Client) -> tuple[str, dict[str, str]]:
    return "/contact/", {**fresh(client, "/contact/"), "message": "When are you there?", "consent": "on"}


def report(client: Client) -> tuple[str, dict[str, str]]:
    return "/report/", {**fresh(client, "/report/?of=/"), "of": "/", "reason": "personal", "words": "My number."}


def course(client: Client) -> tuple[str, dict[str, str]]:
    return "/course/", {**fresh(client, "/course/"), "email": "vik@example.org", "consent": "on"}


def erasure(client: Client) -> tuple[str, dict[str, str]]:
    _receipt, code = store.issue(page=make.page("To be erased"), email="", today=make.TODAY)
    return "/mine/", {**fresh(client, "/mine/"), "code": grouped(code), "action": "erase"}


Filled = Callable[[Client], tuple[str, dict[str, str]]]
ANONYMOUS: dict[str, tuple[Filled, Callable[[], int]]] = {
    "a page": (story, Page.objects.count),
    "a reply": (reply, lambda: Case.objects.filter(kind="comment").count()),
    "a message": (message, Message.objects.count),
    "a report": (report, Message.objects.count),
    "a course": (course, Enrolment.objects.count),
    "an erasure": (erasure, lambda: Page.objects.filter(visibility="gone").count()),
}
FORM_NAMES = dict(zip(ANONYMOUS, ("share", "comment", "contact", "report", "course", "mine"), strict=True))


def sent(name: str, headers: dict[str, str], **over: str | None) -> tuple[int, int]:
    """The status, and how many rows it made, of a form that is good but for its headers and `over`."""
    fill, count = ANONYMOUS[name]
    client = Client(enforce_csrf_checks=True)
    path, said = fill(client)
    said = {key: value for key, value in {**said, **over}.items() if value is not None}
    before = count()
    return client.post(path, said, headers=headers).status_code, count() - before


@pytest.mark.parametrize(
    "headers", [{}, {"origin": OURS}, {"origin": "http://testserver"}, {"sec-fetch-site": "same-origin"}]
)
@pytest.mark.parametrize("name", ANONYMOUS)
def test_a_form_of_ours_is_taken_also_from_browsers_that_hide_where_they_are_t43(name, headers):
    status, made = sent(name, headers)

    assert status in {200, 303}
    assert made == 1


@pytest.mark.parametrize("origin", FOREIGN_ORIGINS)
@pytest.mark.parametrize("name", ANONYMOUS)
def test_a_form_from_elsewhere_is_refused_even_with_a_good_token_t43(name, origin):
    assert sent(name, {"origin": origin}) == (403, 0)


@pytest.mark.parametrize("name", ANONYMOUS)
def test_so_is_one_that_says_it_is_ours_but_was_sent_across_sites_t43(name):
    assert sent(name, {"sec-fetch-site": "cross-site"}) == (403, 0)
    assert sent(name, {"origin": OURS, "sec-fetch-site": "cross-site"}) == (403, 0)


@pytest.mark.parametrize("headers", [{}, {"origin": OURS}])
@pytest.mark.parametrize("token", ["absent", "empty", "old", "of another form", "made up"])
@pytest.mark.parametrize("name", FORM_NAMES)
def test_a_form_without_a_good_token_is_not_taken_t43(name, token, headers):
    values = {
        "absent": None,
        "empty": "",
        "old": tokens.issue(FORM_NAMES[name], now=timezone.now() - timedelta(hours=25)),
        "of another form": tokens.issue("another form", now=timezone.now()),
        "made up": "WyJzaGFyZSIsIngiLDFd:1abcde:x",
    }

    assert sent(name, headers, form_token=values[token]) == (422, 0)


def test_over_https_a_page_that_came_over_http_is_foreign_t43(settings):
    settings.SITE_IS_SECURE = True

    assert sent("a message", {"origin": "http://testserver"}) == (403, 0)


def test_leaving_the_course_needs_nothing_but_its_word_t43():
    """Mail programs POST there by themselves (RFC 8058), with no origin of ours."""
    there = world()
    client = Client(enforce_csrf_checks=True)

    assert client.get(there.address("u/<str:word>")).status_code == 200
    assert Enrolment.objects.get().state == "pending"
    answer = client.post(there.address("u/<str:word>"), {"List-Unsubscribe": "One-Click"}, headers={"origin": "null"})
    assert answer.status_code == 200
    assert Enrolment.objects.get().state != "pending"


# --- forms behind a sign-in: Django -----------------------------------------------------------------------------------


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


# --- looking changes nothing ------------------------------------------------------------------------------------------

# Where signing in or enrolling begins: what must be answered is kept in the session, and there alone.
BEGINS = "accounts/2fa/totp/activate/ accounts/2fa/webauthn/add/ accounts/2fa/webauthn/login/".split()


def everything(but: Iterable[str] = ()) -> dict[str, str]:
    """A digest of every row of every table."""
    return {
        model._meta.label: _digest(model)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and model._meta.label not in but
    }


def _digest(model: type[models.Model]) -> str:
    rows = sorted(map(repr, model._base_manager.values_list()))
    return f"{len(rows)} {hashlib.sha256(repr(rows).encode()).hexdigest()[:12]}"


def looked_at(there: World, client: Client, path: str, method: str = "get") -> Answer:
    return getattr(client, method)(path, headers={"accept": "application/json"} if "login" in path else {})


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("role", ROLES)
def test_looking_at_every_address_changes_no_row_of_any_table_t43(role, method):
    there = world()
    client = there.client(role)
    look = partial(looked_at, there, client, method=method)
    begins = {there.address(pattern) for pattern in BEGINS}
    before = everything()

    for path in map(there.address, patterns()):
        if path not in begins:
            look(path)

    assert everything() == before
    for path in begins:
        look(path)
    assert everything(but=["sessions.Session"]) == {k: v for k, v in before.items() if k != "sessions.Session"}


def test_looking_with_questions_changes_nothing_either_t43():
    there = world()
    before = everything()
    page = there.address("pages/<slug:slug>/")
    for path in (
        "/search/?q=back", "/search.json?q=back", "/search/suggest/?q=ba", "/pages/?before=1&kind=tip&area=neck",
        "/share/?kind=tip&about=back-exercises&action=send", f"{page}comment/?reply_to=x&action=send",
        "/mine/?code=x&action=erase", "/report/?of=/", "/accounts/logout/?next=/", "/exercises/print/?of=hip-hinge",
        f"{there.address('moderation/<int:pk>/')}?action=publish&version=1", f"{there.address('u/<str:word>')}?x=1",
    ):  # fmt: skip
        there.client("stranger").get(path)

    assert everything() == before
