"""T42: what strangers read comes from memory, is what a fresh rendering would be, and holds nobody's own."""

import gzip
import threading
from wsgiref.util import setup_testing_defaults

import brotli
import pytest

from backsite import pagecache
from backsite.pagecache import PageCache
from tips.freshness.noting import NOTES
from tips.freshness.slots import bump, bump_everything

TEXT = "Bend forward in stages. " * 40


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Site:
    """An application that counts how often it rendered."""

    def __init__(self) -> None:
        self.rendered = 0
        self.text = TEXT
        self.names = ["page:1"]
        self.status = "200 OK"
        self.headers: list[tuple[str, str]] = [("Content-Type", "text/html; charset=utf-8")]
        self.asked: list[str] = []

    def __call__(self, environ, start_response):
        self.rendered += 1
        self.asked.append(environ["QUERY_STRING"])
        environ.get(NOTES, []).extend(self.names)
        start_response(self.status, list(self.headers))
        return [f"{self.text} {environ['QUERY_STRING']}".encode()]


class Reader:
    def __init__(self, cache: PageCache) -> None:
        self.cache = cache

    def get(self, path: str = "/articles/psoas/", *, method: str = "GET", query: str = "", **headers: str):
        environ: dict[str, object] = {"HTTP_HOST": next(iter(self.cache._hosts))}
        environ |= {"PATH_INFO": path, "QUERY_STRING": query, "REQUEST_METHOD": method, **headers}
        setup_testing_defaults(environ)
        said: list[object] = []
        body = b"".join(self.cache(environ, lambda status, headers: said.extend((status, dict(headers)))))
        return said[0], said[1], body


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def reader(site, clock) -> Reader:
    return Reader(PageCache(site, clock))


def test_the_second_reader_costs_no_rendering(site, reader):
    assert reader.get() == reader.get()
    assert site.rendered == 1


def test_what_is_bumped_is_rendered_again_and_nothing_else_is(site, reader):
    reader.get()
    bump("page:2")
    reader.get()
    assert site.rendered == 1
    bump("page:1")
    site.text = "Other words."
    assert b"Other words." in reader.get()[2]


def test_what_every_page_prints_makes_every_page_stale(site, reader):
    reader.get()
    bump(pagecache.EVERYWHERE)
    reader.get()
    assert site.rendered == 2


def test_what_changes_while_it_is_rendered_is_not_kept_as_if_it_were_new(site, clock):
    class Interrupted(Site):
        def __call__(self, environ, start_response):
            answer = super().__call__(environ, start_response)
            bump("page:1")
            return answer

    interrupted = Interrupted()
    reader = Reader(PageCache(interrupted, clock))
    reader.get()
    reader.get()
    assert interrupted.rendered == 2


def test_time_alone_makes_a_page_stale(site, reader, clock):
    reader.get()
    clock.now += pagecache.SECONDS + 0.1
    reader.get()
    assert site.rendered == 2


def test_a_process_that_starts_trusts_nothing_that_was_kept(site, reader):
    reader.get()
    bump_everything()
    reader.get()
    assert site.rendered == 2


@pytest.mark.parametrize(
    ("accepted", "unpack"),
    [("gzip, deflate, br", brotli.decompress), ("gzip", gzip.decompress), ("br;q=0, gzip;q=0.5", gzip.decompress)],
)
def test_everybody_gets_the_packing_that_they_take(reader, accepted, unpack):
    _, headers, body = reader.get(HTTP_ACCEPT_ENCODING=accepted)
    assert unpack(body).startswith(TEXT.encode())
    assert headers["Vary"] == "Accept-Encoding"
    assert int(headers["Content-Length"]) == len(body)


def test_who_takes_no_packing_gets_none(reader):
    reader.get(HTTP_ACCEPT_ENCODING="br")
    _, headers, body = reader.get(HTTP_ACCEPT_ENCODING="br;q=0")
    assert body.startswith(TEXT.encode())
    assert "Content-Encoding" not in headers


def test_a_browser_that_has_the_page_gets_no_bytes(site, reader):
    _, headers, _ = reader.get()
    status, again, body = reader.get(HTTP_IF_NONE_MATCH=headers["ETag"])
    assert (status, body, again["ETag"]) == ("304 Not Modified", b"", headers["ETag"])
    bump("page:1")
    site.text = "Other words."
    assert reader.get(HTTP_IF_NONE_MATCH=headers["ETag"])[0] == "200 OK"


def test_head_is_answered_from_the_same_page_without_its_bytes(site, reader):
    _, headers, body = reader.get(method="HEAD")
    assert (body, headers["Content-Length"]) == (b"", reader.get()[1]["Content-Length"])
    assert site.rendered == 1


@pytest.mark.parametrize(
    "request_of",
    [
        {"HTTP_COOKIE": "a=1; {session}=x"},
        {"HTTP_AUTHORIZATION": "Basic x"},
        {"HTTP_HOST": "evil.example"},
        {"method": "POST"},
        {"path": "/share/"},
        {"path": "/mine/"},
        {"path": "/search/"},
        {"path": "/articles/psoas/comment/"},
        {"path": "/exercises/print/"},
        {"path": "/moderation/"},
        {"path": "/articles/psoas/x.css"},
        {"path": "/articles/psoas;.js"},
        {"path": "/articles//psoas/"},
        {"path": "/accounts/login/"},
    ],
    ids=str,
)
def test_what_may_be_somebodys_own_is_never_kept_t42(site, reader, settings, request_of):
    asked = {name: value.format(session=settings.SESSION_COOKIE_NAME) for name, value in request_of.items()}
    reader.get(**asked)
    reader.get(**asked)
    assert site.rendered == 2
    assert reader.cache.kept == {}


def test_who_is_signed_in_neither_reads_nor_writes_what_strangers_read_t42(site, reader, settings):
    reader.get()
    site.text = "For Mina alone."
    mina = {"HTTP_COOKIE": f"{settings.SESSION_COOKIE_NAME}=x"}
    assert b"For Mina alone." in reader.get(**mina)[2]
    assert b"For Mina alone." not in reader.get()[2]


@pytest.mark.parametrize(
    "header",
    [
        ("Set-Cookie", "a=1"),
        ("Vary", "Accept-Language, Cookie"),
        ("Vary", "*"),
        ("Cache-Control", "private, max-age=60"),
        ("Cache-Control", "no-store"),
    ],
    ids=str,
)
def test_an_answer_for_one_reader_is_never_kept_t42(site, reader, header):
    site.headers.append(header)
    reader.get()
    reader.get()
    assert site.rendered == 2


@pytest.mark.parametrize("status", ["404 Not Found", "410 Gone", "500 Internal Server Error", "302 Found"])
def test_only_pages_that_are_there_are_kept(site, reader, status):
    site.status = status
    assert reader.get()[0] == status
    reader.get()
    assert site.rendered == 2


def test_a_view_that_does_not_say_what_it_was_made_from_is_never_kept(site, reader):
    site.names = []
    reader.get()
    reader.get()
    assert site.rendered == 2


def test_unknown_parameters_reach_neither_the_key_nor_the_view_t42(site, reader):
    reader.get("/pages/", query="utm_source=x&kind=tip&x=<script>")
    reader.get("/pages/", query="kind=tip&kind=question&fbclid=1")
    assert site.asked == ["kind=tip"]


def test_headers_that_poison_other_caches_change_nothing_t42(site, reader):
    reader.get(HTTP_X_FORWARDED_HOST="evil.example", HTTP_X_ORIGINAL_URL="/admin/", HTTP_X_FORWARDED_PROTO="http")
    assert reader.get()[2].startswith(TEXT.encode())
    assert site.rendered == 1


def test_a_crowd_that_comes_at_once_is_answered_by_one_rendering(clock):
    started = threading.Barrier(8)

    class Slow(Site):
        def __call__(self, environ, start_response):
            arrived.wait(5)
            return super().__call__(environ, start_response)

    arrived = threading.Event()
    slow = Slow()
    cache = PageCache(slow, clock)
    bodies: list[bytes] = []

    def read() -> None:
        started.wait(5)
        bodies.append(Reader(cache).get()[2])

    crowd = [threading.Thread(target=read) for _ in range(8)]
    for each in crowd:
        each.start()
    arrived.set()
    for each in crowd:
        each.join(10)
    assert (slow.rendered, len(bodies), len(set(bodies))) == (1, 8, 1)


def test_what_is_kept_is_bounded_by_its_bytes_and_the_oldest_goes_first(site, reader, monkeypatch):
    monkeypatch.setattr(pagecache, "MOST_BYTES", 3 * len(TEXT))
    for number in range(10):
        reader.get(f"/articles/{number}/")
    assert reader.cache.bytes == sum(len(page.body) for page in reader.cache.kept.values()) <= 3 * len(TEXT)
    assert ("/articles/9/", "", "") in reader.cache.kept
    assert ("/articles/0/", "", "") not in reader.cache.kept
