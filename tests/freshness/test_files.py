"""What lies published for the web server: it comes whole, ends when it must, and leaves nothing behind."""

import fcntl
import os
import stat
import threading
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tests.freshness.lying import NAMES, PSOAS, WORDS, lying, notes, put
from tips.freshness import files, slots


def test_a_page_lies_under_its_address_for_others_to_read_and_nothing_else_does():
    before = os.umask(0o077)
    try:
        assert put()
        assert put("/")
    finally:
        os.umask(before)
    assert lying() == {PSOAS: WORDS, "/": WORDS}
    modes = {path.name: stat.S_IMODE(path.lstat().st_mode) for path in files.folder().rglob("*")}
    assert {name: mode for name, mode in modes.items() if mode & 0o004 and name[0] not in "+"} == {
        "index.html.gz": 0o644
    }
    for path in (files.folder(), files.folder().parent, files.folder() / "pages" / "articles"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o711
    assert not modes["notes"] & 0o077


@pytest.mark.parametrize("name", NAMES)
def test_a_bump_of_anything_it_was_made_from_removes_it_with_everything_that_was_noted(name):
    put()
    put("/glossary/", names=("glossary",))
    slots.bump(name)
    assert lying() == {"/glossary/": WORDS}
    assert "psoas" not in str(list(files.folder().rglob("*")))
    slots.bump("glossary")
    assert (lying(), notes()) == ({}, [])


def test_a_bump_of_something_else_leaves_it():
    put()
    slots.bump("page:2")
    assert lying() == {PSOAS: WORDS}


def test_a_process_that_starts_finds_nothing_published():
    put()
    slots.bump_everything()
    assert (lying(), notes()) == ({}, [])


def test_what_it_was_made_from_the_last_time_counts():
    put(names=("page:1", "lists"))
    put(names=("page:1", "glossary"), packed=b"other")
    slots.bump("lists")
    assert lying() == {PSOAS: b"other"}
    slots.bump("glossary")
    assert lying() == {}


def test_what_changed_before_it_could_be_written_is_not_published():
    assert not put(still_true=lambda: False)
    assert (lying(), notes()) == ({}, [])


def test_a_bump_while_a_page_is_being_published_waits_and_takes_it_away():
    """The page was compared already and is not there yet: without a lock the bump would find nothing to remove."""
    waits = threading.Event()
    flock = fcntl.flock

    def bump() -> None:
        slots.bump("page:1")

    def observed(handle: int, how: int) -> None:
        if threading.current_thread() is bumping:
            waits.set()
        flock(handle, how)

    bumping = threading.Thread(target=bump)

    def compared() -> bool:
        bumping.start()
        return waits.wait(10)

    with patch.object(fcntl, "flock", observed):
        assert put(still_true=compared)
        bumping.join(10)
    assert (lying(), notes()) == ({}, [])


def test_it_ends_when_its_time_is_over_and_not_before():
    put(until=10.0)
    put("/", until=11.0)
    files.sweep(9.9)
    assert set(lying()) == {PSOAS, "/"}
    files.sweep(10.0)
    assert set(lying()) == {"/"}
    files.sweep(11.0)
    assert (lying(), notes()) == ({}, [])


def test_memory_is_bounded_and_freed_again(monkeypatch):
    monkeypatch.setattr(files, "MOST_BYTES", 3 * 2 * files.BLOCK)
    assert [put(f"/articles/{number}/") for number in range(4)] == [True, True, True, False]
    assert put("/articles/0/", packed=b"again"), "a page in its own place needs no room"
    assert not put("/articles/0/", packed=b"x" * 2 * files.BLOCK)
    slots.bump("page:1")
    assert put("/articles/3/")


@pytest.mark.parametrize(
    "address",
    [
        "",
        "articles/",
        "/articles",
        "//",
        "/a//b/",
        "/a/../b/",
        "/./",
        "/a.b/",
        "/a%2fb/",
        "/a;b/",
        "/ä/",
        "/a/\n",
        "/+/",
    ],
)
def test_only_plain_addresses_are_published(address):
    assert not put(address)
    assert not files.folder().exists()


@given(some.sets(some.from_regex(files.ADDRESS, fullmatch=True), min_size=2, max_size=2))
def test_no_two_addresses_share_a_file_and_none_leaves_the_folder(addresses):
    places = {files.folder() / files._page(each.replace("/", "+")) for each in addresses}
    assert len(places) == 2
    assert all(place.resolve().is_relative_to((files.folder() / "pages").resolve()) for place in places)


def test_other_bytes_have_another_time_within_the_same_second_and_equal_bytes_the_same():
    page = files.folder() / "pages" / "articles" / "psoas" / "index.html.gz"
    seen = []
    for words in (b"one", b"two", b"one"):
        put(packed=words)
        seen.append(int(page.stat().st_mtime))
        assert files.tag(words) == f'"{seen[-1]:x}-3"'
    assert seen[0] == seen[2] != seen[1]


def test_a_file_system_that_cannot_keep_the_time_publishes_nothing():
    with patch.object(files.os, "utime"), pytest.raises(OSError, match="checksum"):
        put()
    assert lying() == {}


def test_a_count_that_a_dead_process_left_wrong_is_mended(monkeypatch):
    put()
    (files.folder() / "lock").write_bytes(b"\xff" * 8)
    (files.folder() / "draft").write_bytes(b"half a pa")
    assert not put("/")
    files.sweep(now=0.0)
    assert put("/")
    assert not (files.folder() / "draft").exists()
