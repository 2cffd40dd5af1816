"""T42, T41: through nginx nobody is shown what is another's, and what was erased is in no byte and no name of what lies
published."""

import gzip
import random
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings

from backsite.headers import of_a_page
from backsite.pagecache import PageCache
from backsite.publishing import publish
from tests.deploy.asking import Answer
from tests.freshness.lying import lying
from tests.operations.test_publishing import PACKING
from tests.sharing.mine import opened, press, text_of
from tests.sharing.test_mine_leaving import SECRET, everything_of_vik
from tips.freshness.noting import NOTES
from tips.freshness.slots import bump

PAGES = ("/", "/articles/", "/articles/psoas/", "/pages/how-i-got-up/", "/glossary/")
SUFFIXES = ("x.css", ";.js", ";a=1/x.js", "%2e", "%2e%2e/", "/", "index.html", "index.html.gz", ".json", "%00", "\\x")
ECHOED = ("HTTP_X_", "HTTP_FORW", "HTTP_USER")
NGINXS_OWN = {"HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO"}
PERSONAL = "Mina's own words"


def careless(environ: dict[str, Any], start_response) -> Iterator[bytes]:
    """Shows members what is theirs, under the same address, and forgets to say that it did; echoes what it is told."""
    path, member = environ["PATH_INFO"], "session=" in environ.get("HTTP_COOKIE", "")
    if path not in PAGES:
        start_response("404 Not Found", [("Content-Type", "text/plain"), ("Cache-Control", "no-store")])
        return iter([b"no such page"])
    environ.get(NOTES, []).append(path)
    own = [("Set-Cookie", "session=y")] if member else []
    headers = [(name.title(), value) for name, value in of_a_page().items() if name not in PACKING]
    start_response("200 OK", headers + own)
    told = {name: value for name, value in environ.items() if name.startswith(ECHOED) and name not in NGINXS_OWN}
    text = f"{path} {environ['QUERY_STRING']} {environ['HTTP_HOST']} {told} {PERSONAL if member else 'for everybody'} "
    return iter([(text * 20).encode()])


class Crowd:
    """Members and strangers, one after another, in an order that the seed decides."""

    def __init__(self, front, chance: random.Random) -> None:
        self.front, self.chance = front, chance
        self.kinds = dict.fromkeys(("member", "stranger", "trick"), 0)

    def comes(self) -> None:
        kind = self.chance.choice(["member", "stranger", "stranger", "trick"])
        path, headers = self.chance.choice(PAGES), self.oddities()
        if self.chance.random() < 0.1:
            bump(path)
        if kind == "member":
            answer = self.ask(path, [*headers, "Cookie: a=1; session=x"])
            assert PERSONAL.encode() in self.unpacked(answer)
        elif kind == "stranger":
            self.judge(path, self.ask(path + self.query(), headers))
        else:
            answer = self.ask((path if path != "/" else "/x/") + self.chance.choice(SUFFIXES), headers)
            assert answer.status in {400, 404}, (path, answer)
            assert PERSONAL.encode() not in answer.body
        self.kinds[kind] += 1

    def ask(self, path: str, headers: list[str]) -> Answer:
        """Each from a household of its own, or they would be a flood."""
        source = f"127.{self.chance.randint(1, 250)}.{self.chance.randint(1, 250)}.1"
        return self.front.ask(path, headers=headers, source=source)

    def oddities(self) -> list[str]:
        some = [
            *("X-Forwarded-Host: evil.example", "X-Forwarded-Prefix: /evil", "X-Original-URL: /admin/", "X-Host: evil"),
            *("User-Agent: evil", "Forwarded: host=evil.example", "Cookie: theme=evil; sess=1", "Accept: evil/css"),
            *("Accept-Language: evil", "Range: bytes=0-5", 'If-None-Match: "evil"', "Cache-Control: no-cache"),
            *("Via: 1.1 evil", "X-Rewrite-URL: /evil", "X-Forwarded-For: 6.6.6.6", "X-Forwarded-Proto: https"),
        ]  # fmt: skip
        return [*self.chance.sample(some, 3), *self.chance.choice([["Accept-Encoding: gzip, br"], []])]

    def query(self) -> str:
        return self.chance.choice(["", "", "", "?", "?utm_source=evil", "?fbclid=evil&utm_medium=evil"])

    def unpacked(self, answer: Answer) -> bytes:
        return gzip.decompress(answer.body) if answer.header("Content-Encoding") == "gzip" else answer.body

    def judge(self, path: str, answer: Answer) -> None:
        body = self.unpacked(answer)
        expected = f"{path}  localhost:{self.front.port} {{}} for everybody "
        assert (answer.status, body) == (200, expected.encode() * 20), answer
        assert answer.header("Set-Cookie") == ""
        assert answer.header("Vary") == "Accept-Encoding"


@pytest.mark.parametrize("times", [400, pytest.param(5000, marks=[pytest.mark.campaign, pytest.mark.timeout(1800)])])
def test_members_and_strangers_in_turns_never_see_each_others_pages_t42(in_front_of, settings, times):
    settings.SESSION_COOKIE_NAME = "session"
    front = in_front_of(PageCache(careless, publish=publish))
    crowd = Crowd(front, random.Random(times))
    for _ in range(times):
        crowd.comes()
    assert all(crowd.kinds.values())
    assert len(front.application.asked) < times, "nginx answers some by itself"


def lying_with(word: str) -> list[str]:
    """Names of files in memory, and addresses of pages published, that hold the word."""
    names = [str(path) for path in settings.SHARED_MEMORY_DIR.rglob("*") if word in path.name]
    return names + [address for address, packed in lying().items() if word.encode() in gzip.decompress(packed).lower()]


def test_what_was_erased_is_in_no_byte_and_no_name_of_what_lies_published_t41(front):
    page, code = everything_of_vik()
    address = page.get_absolute_url()
    for each in (address, "/", "/pages/"):
        front.get(each)
    assert len(lying_with(SECRET)) >= 5, "it lies there under its name, with its notes, and stands on the lists"

    assert "Taken down and erased" in text_of(press(opened(code), "erase"))

    assert lying_with(SECRET) == []
    assert front.get(address).status == 410
    assert lying_with(SECRET) == []
