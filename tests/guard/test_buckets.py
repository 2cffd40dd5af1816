"""Limits are exact under any number of workers, give back in time, and never lock a house out for good."""

import multiprocessing
import sqlite3
import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.make import NOW
from tips.guard import buckets
from tips.guard.buckets import BUCKETS

SIZE = BUCKETS["code"].size
WORKERS = 8
ANA, VIK = "a" * 24, "b" * 24


def take(who: str = ANA, *, kind: str = "code", later: float = 0) -> int:
    return buckets.take(kind, who, now=NOW + timedelta(seconds=later))


def empty(who: str = ANA) -> None:
    for _ in range(SIZE):
        assert take(who) == 0
    assert take(who) > 0


def at_once(
    make_worker: Callable[..., threading.Thread], start: threading.Barrier, queue: object, *, workers: int = WORKERS
) -> int:
    """How many of all their takings succeed when each worker tries for the whole bucket."""

    def work() -> None:
        start.wait()
        queue.put(sum(take() == 0 for _ in range(SIZE)))  # type: ignore[attr-defined]

    started = [make_worker(target=work) for _ in range(workers)]
    for worker in started:
        worker.start()
    taken = sum(queue.get(timeout=60) for _ in started)  # type: ignore[attr-defined]
    for worker in started:
        worker.join()
    return taken


def test_of_all_takings_by_eight_processes_one_bucket_succeeds():
    fork = multiprocessing.get_context("fork")

    assert at_once(fork.Process, fork.Barrier(WORKERS), fork.Queue()) == SIZE


def test_of_all_takings_by_eight_threads_one_bucket_succeeds():
    fork = multiprocessing.get_context("fork")

    assert at_once(threading.Thread, threading.Barrier(WORKERS), fork.Queue()) == SIZE


def test_an_empty_bucket_says_when_it_is_worth_coming_back():
    empty()
    wait = take()

    assert 0 < wait <= 13
    assert take(later=wait - 2) > 0
    assert take(later=wait) == 0
    assert take(later=wait) > 0


def test_it_is_full_again_after_its_time_and_never_fuller():
    empty()
    later = BUCKETS["code"].refill * 50

    assert [take(later=later) for _ in range(SIZE)] == [0] * SIZE
    assert take(later=later) > 0


def test_one_house_and_one_kind_of_form_does_not_empty_another():
    empty(ANA)

    assert take(VIK) == 0
    assert take(ANA, kind="share") == 0


def test_a_clock_that_goes_back_gives_nothing():
    empty()

    assert take(later=-86400) > 0
    assert take() > 0


@given(moments=st.lists(st.floats(0, 3600), max_size=60))
def test_never_more_are_taken_than_the_bucket_and_its_refilling_hold(tmp_path_factory, moments):
    who = f"{tmp_path_factory.mktemp('who')}"
    moments = sorted(moments)

    taken = [moment for moment in moments if take(who, later=moment) == 0]

    rate = SIZE / BUCKETS["code"].refill
    for first in range(len(taken)):
        for last in range(first, len(taken)):
            held = SIZE + (taken[last] - taken[first]) * rate
            assert last - first + 1 <= held + 1e-6


def test_the_environment_changes_a_limit(settings):
    settings.FORM_LIMITS = "share=3/60, comment=5/60"
    assert [take(kind="share") == 0 for _ in range(4)] == [True, True, True, False]
    assert [take(kind="comment") == 0 for _ in range(6)] == [True] * 5 + [False]
    assert take(kind="contact") == 0


def test_buckets_are_forgotten_after_a_day(settings):
    take(ANA)
    take(VIK, later=7200)

    buckets.purge(now=NOW + timedelta(seconds=86400 + 3600))

    with sqlite3.connect(settings.SHARED_MEMORY_DIR / "buckets.sqlite3") as store:
        assert store.execute("SELECT who FROM bucket").fetchall() == [(VIK,)]


def test_full_memory_locks_nobody_out(settings, tmp_path):
    (tmp_path / "in-the-way").mkdir()
    settings.SHARED_MEMORY_DIR = tmp_path / "in-the-way"
    (settings.SHARED_MEMORY_DIR / "buckets.sqlite3").mkdir()

    assert take() == 0


def test_every_bucket_lets_a_household_write():
    """One address may stand for a school or a whole mobile network. What is counted by the day refuses nobody."""
    refusing = {kind: bucket for kind, bucket in BUCKETS.items() if not kind.endswith("-a-day")}
    assert {
        kind: bucket.size >= 5 and bucket.size / bucket.refill >= 20 / 3600 for kind, bucket in refusing.items()
    } == (dict.fromkeys(refusing, True))
    assert all(BUCKETS[kind].size >= 10 for kind in refusing if kind != "code")  # five tries a minute at a secret


def test_of_fifty_threads_at_once_none_takes_what_another_took():
    fork, start = multiprocessing.get_context("fork"), threading.Barrier(50)

    assert at_once(threading.Thread, start, fork.Queue(), workers=50) == SIZE


def test_an_unknown_kind_is_a_mistake_of_ours():
    with pytest.raises(KeyError):
        take(kind="anything")
