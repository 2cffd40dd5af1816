"""T40, T42 and the baseline of headers: on every kind of answer, also the ones that go wrong."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from itertools import product
from urllib.parse import urlsplit

import pytest
from django.conf import settings as site
from django.core.cache import cache
from django.db import OperationalError
from django.test import Client

from tests import make
from tests.accounts.people import PASSWORD, Answer, confirmed, letters, sign_in
from tests.course.mailbox import text_of
from tests.house.addresses import patterns, world

pytestmark = pytest.mark.django_db

# Written out once more, so that nothing can be loosened in one place only.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
TRUSTED_TYPES = "; require-trusted-types-for 'script'"
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
SHUT = "camera display-capture geolocation microphone payment usb".split()
TALKATIVE = "Server X-Powered-By X-AspNet-Version Via Access-Control-Allow-Origin".split()
# Where a stranger's browser is given a cookie by only looking: the forms of accounts, which Django protects.
MAY_SET_COOKIES = ("/accounts/", "/admin/")
PRIVATE = ("/accounts/", "/admin/", "/moderation/", "/desk/")
FORMS = ("/share/", "/mine/", "/contact/", "/report/", "/course/", "/course/me/")


# --- every kind of answer ---------------------------------------------------------------------------------------------


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


# --- cookies and caches -----------------------------------------------------------------------------------------------


def seen_by(role: str) -> dict[str, Answer]:
    """Every address, looked at once."""
    there = world()
    return {there.address(pattern): there.client(role).get(there.address(pattern)) for pattern in patterns()}


def test_looking_at_public_pages_sets_no_cookie_and_depends_on_none_t42():
    answers = seen_by("stranger")

    public = {path: answer for path, answer in answers.items() if not path.startswith(MAY_SET_COOKIES)}
    assert [path for path, answer in public.items() if answer.cookies] == []
    shared = {path: answer for path, answer in public.items() if not path.startswith(PRIVATE)}
    assert [path for path, answer in shared.items() if "Cookie" in answer.headers.get("Vary", "")] == []
    assert len(shared) > 30


def is_kept_nowhere(answer: Answer) -> bool:
    kept = answer.headers.get("Cache-Control", "")
    return "no-store" in kept and "private" in kept


@pytest.mark.parametrize("role", ["stranger", "owner"])
def test_what_is_personal_is_kept_in_no_cache_t42(role):
    answers = seen_by(role)

    personal = {path: answer for path, answer in answers.items() if path.startswith(PRIVATE) or path in FORMS}
    personal |= {path: answer for path, answer in answers.items() if path.endswith("/comment/")}
    assert len(personal) > 80
    assert [
        path for path, answer in personal.items() if answer.status_code == 200 and not is_kept_nowhere(answer)
    ] == []


def test_a_signed_in_reader_leaves_nothing_personal_in_a_public_page_t42():
    there = world()
    page = there.address("pages/<slug:slug>/")
    anonymous = Client().get(page)
    for role in ("member", "owner"):
        answer = there.client(role).get(page)
        assert answer.content == anonymous.content
        assert not answer.cookies


# --- over https -------------------------------------------------------------------------------------------------------

SECURE = """
    SITE_URL SITE_HOST SITE_IS_SECURE SITE_IS_LOCAL ALLOWED_HOSTS CSRF_TRUSTED_ORIGINS COOKIE_PREFIX SESSION_COOKIE_NAME
    CSRF_COOKIE_NAME SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE SECURE_HSTS_SECONDS SECURE_HSTS_INCLUDE_SUBDOMAINS
    SECURE_HSTS_PRELOAD SECURE_SSL_REDIRECT
""".split()
HOST = "backs.example"


@pytest.fixture(scope="module")
def of_a_public_site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What the settings say when SITE_URL is https, from a process of its own."""
    script = (
        f"import json; from backsite import settings as s; print(json.dumps({{n: getattr(s, n) for n in {SECURE!r}}}))"
    )
    environment = {**os.environ, "SITE_URL": f"https://{HOST}", "BACKSITE_HOME": str(tmp_path_factory.mktemp("home"))}
    said = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, env=environment, cwd=site.BASE_DIR
    )
    return dict(json.loads(said.stdout))


@pytest.fixture
def public_site(of_a_public_site, settings):
    for name, value in of_a_public_site.items():
        setattr(settings, name, value)
    return Client(headers={"host": HOST})


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


# --- T40: hosts and places to go on to --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host",
    [
        *("evil.example", f"{HOST}.evil.example", f"evil.example:443@{HOST}", f"{HOST}@evil.example", f"{HOST}/evil"),
        *(f"{HOST}:evil", f"{HOST}:80:80", "localhost", "127.0.0.1", "[::1]", "", " ", f"{HOST}\\.evil.example", "*"),
        *(f"sub.{HOST}", f"{HOST}#evil.example", f"{HOST}, evil.example", "testserver"),
    ],
)
def test_another_host_gets_nothing_t40(public_site, host):
    for path in ("/", "/feeds/pages.atom", "/accounts/login/", "/accounts/password/reset/"):
        assert Client(headers={"host": host}).get(path, secure=True).status_code == 400


FORWARDED = {"x-forwarded-host": "evil.example", "x-forwarded-server": "evil.example", "forwarded": "host=evil.example"}
ABSOLUTE = (
    "/",
    "/feeds/articles.atom",
    "/feeds/pages.atom",
    "/sitemap.xml",
    "/robots.txt",
    "/share/",
    "/accounts/login/",
)


def test_what_a_request_claims_about_its_host_changes_no_byte_t40(public_site):
    page = make.page()
    make.comment(page)
    make.article()
    for path in (*ABSOLUTE, f"{page.get_absolute_url()}comments.atom"):
        answer = public_site.get(path, secure=True, headers=FORWARDED)
        assert answer.status_code == 200
        assert b"evil.example" not in answer.content


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost:6666", "testserver"])
def test_absolute_links_lead_to_the_site_url_under_whatever_name_it_is_reached_t40(settings, host):
    """Also on a public site: the port in Host is anybody's claim."""
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://backs.example", ["127.0.0.1", "localhost", "testserver"]
    page = make.page()
    make.comment(page)
    make.article()

    for path in (*ABSOLUTE, page.get_absolute_url(), f"{page.get_absolute_url()}comments.atom"):
        text = Client(headers={"host": host}).get(path).content.decode()
        assert host.partition(":")[0] not in text, path
    for path in ABSOLUTE[1:4]:
        assert "https://backs.example/" in Client(headers={"host": host}).get(path).content.decode()


def test_letters_lead_to_the_site_url_t40(settings):
    settings.SITE_URL = "https://backs.example"
    confirmed(make.mina())
    Client(headers={"host": "localhost:6666"}).post("/accounts/password/reset/", {"email": "mina@example.org"})

    (letter,) = letters()
    assert "https://backs.example/accounts/password/reset/key/" in text_of(letter)
    assert "6666" not in letter.as_string()


PREFIXES = [
    "//",
    "///",
    "https://",
    "http://",
    "https:",
    "http:///",
    "\\\\",
    "/\\",
    "\\/",
    "/\t/",
    "\t//",
    "/\n/",
    " //",
]
TAILS = [
    "evil.example",
    "evil.example/moderation/",
    "evil.example:443",
    "evil.example%2f..",
    "user@evil.example",
    "evil。example",
]
EVIL = [
    *(prefix + tail for prefix, tail in product(PREFIXES, TAILS)),
    *("javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "java\nscript:alert(1)"),
    *("https://testserver@evil.example/", "https://testserver.evil.example/", "https://testserver/", "//testserver/"),
    *("mailto:a@evil.example", "ftp://evil.example/", "https:evil.example", "@evil.example", "%2f%2fevil.example"),
]


def leads_elsewhere(location: str) -> bool:
    """As browsers read it (WHATWG URL): tabs and line ends are dropped, backslashes are slashes."""
    read = location.strip("\x00\x1f ").translate({ord(each): None for each in "\t\r\n"}).replace("\\", "/")
    parts = urlsplit(read)
    return bool(parts.scheme or parts.netloc) or read.startswith("//")


def test_signing_in_leads_nowhere_else_t40():
    confirmed(make.mina())
    led = []
    for evil in EVIL:
        cache.clear()  # of the counters of signings in
        for answer in (
            Client().post("/accounts/login/", {"login": "mina@example.org", "password": PASSWORD, "next": evil}),
            Client().get("/admin/login/", {"next": evil}),
            make.signed_in(make.mina()).get("/accounts/login/", {"next": evil}),
            make.signed_in(make.mina()).post("/accounts/logout/", {"next": evil}),
            make.signed_in(make.olga()).get("/admin/login/", {"next": evil}),
        ):
            assert answer.status_code == 302
            led += [evil] if leads_elsewhere(answer["Location"]) else []
    assert led == []


def test_signing_in_leads_on_to_where_somebody_was_going():
    confirmed(make.mina())

    answer = sign_in(Client(), "mina@example.org", next="/moderation/%3Fpage=2")

    assert answer["Location"] == "/moderation/?page=2"
