"""Which pages lie there as files for the web server in front; what lies there is what a stranger would be shown."""

import gzip
import logging
import random
import subprocess
import sys
import threading
from unittest.mock import patch

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection

from backsite import pagecache, publishing
from backsite.headers import of_a_page
from backsite.pagecache import PageCache
from tests.freshness.lying import PSOAS, lying
from tests.operations.cached import Fresh, Reader, Site, read
from tests.operations.world import World
from tips.freshness import files
from tips.freshness.slots import bump

PACKING = {"content-encoding", "cache-control", "vary"}


@pytest.fixture
def site() -> Site:
    """One whose pages say what every page of the real one says."""
    site = Site()
    site.headers = [(name.title(), value) for name, value in of_a_page().items() if name not in PACKING]
    return site


@pytest.fixture
def reader(site, clock) -> Reader:
    return Reader(PageCache(site, clock, publish=publishing.publish))


def get(reader: Reader, path: str = PSOAS, **asked: str):
    return reader.get(path, **{"HTTP_ACCEPT_ENCODING": "gzip", **asked})


def test_what_a_stranger_was_shown_lies_there_with_the_same_bytes_and_the_same_tag(reader):
    _, headers, body = get(reader)
    assert lying() == {PSOAS: body}
    assert headers["ETag"] == files.tag(body)


def test_it_is_gone_when_the_bump_returns_and_after_its_time(reader, clock):
    get(reader)
    bump("page:1")
    assert lying() == {}
    get(reader)
    files.sweep(clock() + pagecache.SECONDS - 0.1)
    assert set(lying()) == {PSOAS}
    files.sweep(clock() + pagecache.SECONDS)
    assert lying() == {}


def test_what_changed_while_it_was_rendered_is_never_published(clock):
    class Interrupted(Site):
        def __call__(self, environ, start_response):
            answer = super().__call__(environ, start_response)
            bump("page:1")
            return answer

    interrupted = Interrupted()
    interrupted.headers = [(name, value) for name, value in of_a_page().items() if name not in PACKING]
    get(Reader(PageCache(interrupted, clock, publish=publishing.publish)))
    assert lying() == {}


@pytest.mark.parametrize(
    "asked",
    [
        {"HTTP_ACCEPT_ENCODING": "br, gzip"},
        {"HTTP_ACCEPT_ENCODING": ""},
        {"path": "/pages/", "query": "kind=tip"},
        {"path": "/articles/ä/"},
        {"path": "/sitemap.xml"},
        {"path": "/share/"},
        {"HTTP_COOKIE": "session=1"},
        {"HTTP_HOST": "evil.example"},
        {"HTTP_AUTHORIZATION": "Basic x"},
    ],
    ids=str,
)
def test_only_packed_pages_without_a_query_for_strangers_are_published_t42(reader, asked):
    assert get(reader, **asked)[0] == "200 OK"
    assert lying() == {}


def test_a_query_that_the_page_does_not_know_changes_nothing_about_it_t42(reader):
    _, _, body = get(reader, query="utm_source=x&fbclid=1")
    assert lying() == {PSOAS: body}
    assert b"utm" not in gzip.decompress(body)


@pytest.mark.parametrize(
    "change",
    [
        lambda headers: headers.append(("Content-Language", "en")),
        lambda headers: headers.append(("X-Frame-Options", "DENY")),
        lambda headers: headers.pop(),
        lambda headers: headers.__setitem__(0, ("Content-Type", "application/json")),
        lambda headers: headers.append(("Set-Cookie", "a=1")),
    ],
)
def test_a_page_that_says_anything_unusual_stays_with_the_application_t42(site, reader, change):
    change(site.headers)
    get(reader)
    assert lying() == {}


def test_a_page_too_small_to_be_packed_stays_with_the_application(site, reader):
    site.text = "Short."
    get(reader)
    assert lying() == {}


def test_readers_are_answered_when_nothing_can_be_published(reader, caplog):
    with caplog.at_level(logging.ERROR), patch.object(files, "_write_page", side_effect=OSError(28, "full")):
        assert get(reader)[0] == "200 OK"
    assert lying() == {}
    assert "a page could not be published: OSError" in caplog.text


def test_a_sweeper_that_meets_trouble_looks_again(reader, caplog):
    over = threading.Event()
    looked: list[float] = []

    def sweep(now: float) -> None:
        looked.append(now)
        if len(looked) == 2:
            over.set()
        raise OSError(5, "trouble")

    with patch.object(publishing, "SWEEP_EVERY", 0.001), patch.object(files, "sweep", sweep):
        publishing.sweep_for_ever(over)
    assert len(looked) == 2


@pytest.mark.parametrize(("said", "published"), [({}, "None"), ({"PUBLISH_PAGES": "1"}, "publish")])
def test_nothing_is_published_unless_the_environment_asks_for_it(tmp_path, said, published):
    program = "from backsite.wsgi import application as a; print(a.publish and a.publish.__name__)"
    command = ["env", "-u", "DATABASE_URL", f"BACKSITE_HOME={tmp_path}", *(f"{k}={v}" for k, v in said.items())]
    done = subprocess.run([*command, sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == published


@pytest.mark.django_db
@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="about files; test_page_cache_truth.py goes round there as well"
)
@pytest.mark.parametrize("seed", [3])
@pytest.mark.usefixtures("one_connection")
def test_whatever_happens_what_lies_there_is_what_a_fresh_rendering_says_t42(seed, django_capture_on_commit_callbacks):
    chance, fresh = random.Random(seed), Fresh()
    cache = PageCache(WSGIHandler(), clock=lambda: 0.0, publish=publishing.publish)
    with django_capture_on_commit_callbacks(execute=True):
        world = World(chance, wait=lambda: files.sweep(11.0))
    published = 0
    for step in chance.sample(world.steps, len(world.steps)):
        world.note_addresses()
        for address in world.addresses:
            read(cache, address, HTTP_ACCEPT_ENCODING="gzip")
        with django_capture_on_commit_callbacks(execute=True):
            step()
        for address, packed in lying().items():
            published += 1
            assert ("200 OK", gzip.decompress(packed)) == read(fresh, address), (step.__name__, address)
    assert published > 50, "most steps leave most pages alone"
