"""What strangers read comes from memory, and is what a fresh rendering would be."""

import gzip
import threading
from time import monotonic, sleep

import brotli
import pytest

from backsite import pagecache
from backsite.pagecache import PageCache
from tests.operations.cached import TEXT, Clock, Reader, Site
from tips.freshness.slots import bump, bump_everything


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


def test_a_crowd_that_comes_at_once_is_answered_by_one_rendering(clock):
    assert of_a_crowd(Site(), clock) == (1, 1)


def test_a_crowd_is_answered_by_two_renderings_though_each_is_stale_when_it_is_done(clock):
    """The first may have begun before the others came; the second did not."""

    class Changing(Site):
        def __call__(self, environ, start_response):
            answer = super().__call__(environ, start_response)
            bump("page:1")
            return answer

    assert of_a_crowd(Changing(), clock) == (2, 1)


def test_what_must_not_be_kept_is_rendered_for_each_of_a_crowd(clock):
    own = Site()
    own.headers.append(("Set-Cookie", "whose=mine"))
    assert of_a_crowd(own, clock) == (8, 1)


def of_a_crowd(site: Site, clock: Clock) -> tuple[int, int]:
    """How often it rendered for eight, of whom seven came while it did so for one; how many answers were different."""
    begun, all_came, bodies = threading.Event(), threading.Event(), []

    def slow(environ, start_response):
        begun.set()
        all_came.wait(10)
        return site(environ, start_response)

    cache = PageCache(slow, clock)
    crowd = [threading.Thread(target=lambda: bodies.append(Reader(cache).get()[2])) for _ in range(8)]
    crowd[0].start()
    begun.wait(10)
    for each in crowd[1:]:
        each.start()
    wait_for(cache, 8)
    all_came.set()
    for each in crowd:
        each.join(10)
    assert len(bodies) == 8
    return site.rendered, len(set(bodies))


def wait_for(cache: PageCache, readers: int) -> None:
    limit = monotonic() + 10
    while sum(each.readers for each in cache._crowds.values()) < readers:
        assert monotonic() < limit
        sleep(0.01)
