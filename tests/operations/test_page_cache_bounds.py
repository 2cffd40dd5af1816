"""What a page from memory costs, counted in calls, and what somebody hostile can make the cache hold."""

import sys
from collections import Counter

import pytest

from backsite import pagecache
from backsite.pagecache import PageCache
from tests.operations.cached import TEXT, Clock, Reader
from tips.freshness.slots import bump

BROWSER = {"HTTP_ACCEPT_ENCODING": "gzip, deflate, br, zstd", "HTTP_USER_AGENT": "Firefox", "HTTP_COOKIE": "draft=x"}


@pytest.fixture
def reader(site) -> Reader:
    """With the clock of the real one, which is no function of Python's."""
    return Reader(PageCache(site))


def calls_of_a_hit(reader: Reader, **headers: str) -> Counter[str]:
    reader.get(**headers)
    asked, said = reader.environ(**headers), list[str]()
    counted: Counter[str] = Counter()
    sys.setprofile(lambda _frame, event, _argument: counted.update([event]))
    try:
        reader.cache(asked, lambda status, _headers: said.append(status))
    finally:
        sys.setprofile(None)
    assert said
    counted["c_call"] -= 2  # the list of this test, and the end of the counting
    return counted


@pytest.mark.parametrize("headers", [{}, BROWSER], ids=["plain", "browser"])
def test_a_hit_calls_nothing_of_pythons_but_the_servers_answer(reader, headers):
    reader.get(**headers)
    counted = calls_of_a_hit(reader, **headers)
    assert counted["call"] == 2  # the cache and the answer
    assert counted["c_call"] == 6  # three headers, two dictionaries, the clock


def test_after_any_bump_a_page_is_looked_at_once_and_then_known_again(reader, site):
    reader.get()
    bump("page:2")
    reader.get()
    assert calls_of_a_hit(reader)["call"] == 2
    assert site.rendered == 1


def test_a_browser_that_has_the_page_costs_one_call_more(reader):
    tag = reader.get(**BROWSER)[1]["ETag"]
    assert calls_of_a_hit(reader, **BROWSER, HTTP_IF_NONE_MATCH=tag)["call"] == 3


def test_what_is_kept_is_bounded_by_its_bytes_and_the_oldest_goes_first(reader, monkeypatch):
    most = 3 * (len(TEXT) + pagecache.BESIDE)
    monkeypatch.setattr(pagecache, "MOST_BYTES", most)
    for number in range(10):
        reader.get(f"/articles/{number}/")
    kept = reader.cache.kept.values()
    assert reader.cache.bytes == sum(len(page.body) + pagecache.BESIDE for page in kept) <= most
    assert ("/articles/9/", "", "") in reader.cache.kept
    assert ("/articles/0/", "", "") not in reader.cache.kept


def test_what_is_past_its_time_goes_when_another_page_is_kept(site):
    clock = Clock()
    reader = Reader(PageCache(site, clock=clock))
    for path in ("/articles/a/", "/articles/b/"):
        reader.get(path)
        clock.now += pagecache.SECONDS - 1
    reader.get("/articles/c/")
    assert [path for path, _, _ in reader.cache.kept] == ["/articles/b/", "/articles/c/"]


def test_a_thousand_ways_of_asking_for_a_page_are_not_all_known_by_heart(reader, site, monkeypatch):
    monkeypatch.setattr(pagecache, "MOST_ASKED", 20)
    for number in range(1000):
        reader.get(query=f"utm_source={number}")
        reader.get(HTTP_ACCEPT_ENCODING=f"x{number}")
    assert site.rendered == 1
    assert len(reader.cache.known) == 20
    assert len(reader.cache.kept) == 1


@pytest.mark.parametrize(
    "asked",
    [
        {"query": "utm_source=" + "x" * 60_000},
        {"path": "/pages/", "query": "about=" + "x" * 60_000},
        {"path": f"/articles/{'x' * 60_000}/"},
        {"HTTP_ACCEPT_ENCODING": "gzip, " * 10_000},
    ],
    ids=["unknown parameter", "known parameter", "path", "packings"],
)
def test_what_is_long_is_answered_and_not_held(reader, asked):
    status, _, _ = reader.get(**asked)
    assert status == "200 OK"
    held = [*reader.cache.known, *reader.cache.known.values(), *reader.cache.kept]
    assert all(len("".join(part or "" for part in each)) <= pagecache.LONGEST for each in held)
