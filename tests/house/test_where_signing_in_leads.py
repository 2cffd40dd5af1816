"""T40: signing in and out leads to places of this site alone."""

from itertools import product
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.test import Client

from tests import make
from tests.accounts.people import PASSWORD, confirmed, sign_in

pytestmark = pytest.mark.django_db

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
