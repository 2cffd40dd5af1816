"""T43: what another site can make a visitor's browser send to an anonymous form changes nothing here."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests import make
from tests.house.addresses import world
from tests.house.foreign import FOREIGN_ORIGINS, OURS
from tips.cases.models import Case
from tips.contact.models import Message
from tips.course.models import Enrolment
from tips.guard import tokens
from tips.pages.models import Page
from tips.receipts import store
from tips.receipts.codes import grouped

pytestmark = pytest.mark.django_db


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
