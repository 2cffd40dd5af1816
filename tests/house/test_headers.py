"""The baseline of headers: on every kind of answer, also the ones that go wrong."""

from collections.abc import Callable

import pytest
from django.conf import settings as site
from django.db import OperationalError
from django.test import Client

from tests import make
from tests.accounts.people import Answer
from tests.house.policy import POLICY, TRUSTED_TYPES

pytestmark = pytest.mark.django_db

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
SHUT = "camera display-capture geolocation microphone payment usb".split()
TALKATIVE = "Server X-Powered-By X-AspNet-Version Via Access-Control-Allow-Origin".split()


def static_file(_: pytest.MonkeyPatch) -> Answer:
    (site.STATIC_ROOT / "test.css").write_text("p { color: green }")
    return Client().get("/static/test.css")


def foreign_post(_: pytest.MonkeyPatch) -> Answer:
    return Client().post("/share/", headers={"origin": "https://evil.example"})


def broken(monkeypatch: pytest.MonkeyPatch) -> Answer:
    monkeypatch.setattr("tips.reading.views.areas", lambda: 1 / 0)
    return Client(raise_request_exception=False).get("/")


def no_room(monkeypatch: pytest.MonkeyPatch) -> Answer:
    def full() -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr("tips.reading.views.areas", full)
    return Client().get("/")


def gone(_: pytest.MonkeyPatch) -> Answer:
    page = make.page()
    page.take_down()
    return Client().get(page.get_absolute_url())


def too_large(_: pytest.MonkeyPatch) -> Answer:
    return Client().post("/share/", {"story": "x" * 2_000_000})


def looked_at(path: str, **headers: str) -> Callable[[pytest.MonkeyPatch], Answer]:
    return lambda _: Client(headers=headers).get(path)


def sent(path: str) -> Callable[[pytest.MonkeyPatch], Answer]:
    return lambda _: Client().post(path)


def staff(path: str) -> Callable[[pytest.MonkeyPatch], Answer]:
    return lambda _: make.signed_in(make.olga()).get(path)


KINDS: dict[str, tuple[int, Callable[[pytest.MonkeyPatch], Answer]]] = {
    "a page": (200, looked_at("/")),
    "a page for staff": (200, staff("/moderation/")),
    "the sign-in page": (200, looked_at("/accounts/login/")),
    "a form": (200, looked_at("/share/")),
    "JSON": (200, looked_at("/search.json?q=back")),
    "a feed": (200, looked_at("/feeds/pages.atom")),
    "the sitemap": (200, looked_at("/sitemap.xml")),
    "a text file": (200, looked_at("/robots.txt")),
    "the manifest": (200, looked_at("/manifest.webmanifest")),
    "a static file": (200, static_file),
    "no static file": (404, looked_at("/static/nothing.css")),
    "a permanent redirect": (301, looked_at("/articles/start-here/")),
    "a missing slash": (301, looked_at("/glossary")),
    "a redirect to sign in": (302, looked_at("/moderation/")),
    "another host": (400, looked_at("/", host="evil.example")),
    "a foreign form": (403, foreign_post),
    "no page": (404, looked_at("/nothing/here/")),
    "no POST": (405, sent("/")),
    "a page taken down": (410, gone),
    "too large": (413, too_large),
    "a form with mistakes": (422, sent("/contact/")),
    "something broken": (500, broken),
    "no room": (503, no_room),
    "the admin": (200, staff("/admin/")),
    "no page in the admin": (404, staff("/admin/nothing/")),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_answer_carries_the_headers(kind, monkeypatch):
    status, ask = KINDS[kind]

    answer = ask(monkeypatch)

    assert answer.status_code == status
    is_admin = "the admin" in kind
    assert answer["Content-Security-Policy"] == POLICY + ("" if is_admin else TRUSTED_TYPES)
    assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS
    assert [name for name in SHUT if f"{name}=()" not in answer["Permissions-Policy"]] == []
    assert [name for name in TALKATIVE if name in answer.headers] == []


def test_an_error_says_nothing_of_the_inside(monkeypatch):
    page = broken(monkeypatch).content.decode()

    for inside in ("Traceback", "ZeroDivisionError", ".py", "/work", "django", "Django", str(site.HOME)):
        assert inside not in page
