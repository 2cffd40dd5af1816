"""A photo at a time for each processor but one, and always threads left for readers."""

import fcntl
import os
import subprocess
import sys
import threading

import pytest
from django.conf import settings

from backsite.processes import THREADS
from tests.photos import pictures
from tips.photos import slots
from tips.photos.slots import AT_ONCE_HERE, NoSlot, slot
from tips.photos.taking import BUSY, Busy

ONE = 1


@pytest.fixture(autouse=True)
def one_processor(monkeypatch):
    monkeypatch.setattr(os, "cpu_count", lambda: ONE)


def is_free() -> bool:
    try:
        with slot(patience=0):
            return True
    except NoSlot:
        return False


def test_one_processor_is_left_to_readers(monkeypatch):
    monkeypatch.setattr(os, "cpu_count", lambda: 3)
    with slot(patience=0):
        assert is_free()
        with slot(patience=0):
            assert not is_free()
    assert is_free()


def test_a_photo_waits_for_its_turn():
    freed = threading.Event()

    def other() -> None:
        with slot(patience=5):
            freed.set()

    waiting = threading.Thread(target=other)
    with slot(patience=0):
        waiting.start()
        assert not freed.wait(0.1)
    waiting.join(5)
    assert freed.is_set()


def test_there_is_a_slot_on_one_processor_too(monkeypatch):
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert is_free()


def test_no_more_threads_wait_than_leave_some_for_readers_and_for_those_who_come_back():
    assert AT_ONCE_HERE + 4 <= THREADS
    for _ in range(AT_ONCE_HERE):
        slots._here.acquire()
    try:
        assert not is_free()
    finally:
        slots._here.release(AT_ONCE_HERE)
    assert is_free()


def test_another_process_counts_too():
    with slot(patience=0):
        pass
    with (settings.SHARED_MEMORY_DIR / "photo-slot-0").open("r+b") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert not is_free()
    assert is_free()


def test_a_slot_is_held_as_long_as_the_child_lives_even_when_the_one_who_asked_is_gone():
    with slot(patience=0) as handle:
        child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, pass_fds=(handle,))
    try:
        assert not is_free()
    finally:
        child.communicate(b"\n")
    assert is_free()


@pytest.mark.django_db
def test_whoever_cannot_wait_is_told_to_come_back(monkeypatch):
    monkeypatch.setattr(slots, "PATIENCE", 0)
    for _ in range(AT_ONCE_HERE):
        slots._here.acquire()
    try:
        with pytest.raises(Busy) as refused:
            pictures.taken()
    finally:
        slots._here.release(AT_ONCE_HERE)
    assert str(refused.value) == BUSY
