"""A process stands still while it publishes or withdraws: nobody waits long, and what it does later shows nowhere."""

import os
import signal
from collections.abc import Callable
from typing import Any

import pytest

from tests.freshness.lying import NAMES, PSOAS, WORDS, lying, notes, put
from tips.freshness import files, holding, slots


@pytest.fixture(autouse=True)
def short_patience(monkeypatch):
    monkeypatch.setattr(holding, "PATIENCE", 0.05)


class Standing:
    """A process that does something, and in the middle of it stops."""

    def __init__(self, act: Callable[[], object]) -> None:
        self.number = os.fork()
        if self.number == 0:
            try:
                act()
            finally:
                os._exit(0)
        _, status = os.waitpid(self.number, os.WUNTRACED)
        assert os.WIFSTOPPED(status)

    def goes_on(self) -> None:
        """To its end."""
        os.kill(self.number, signal.SIGCONT)
        _, status = os.waitpid(self.number, 0)
        assert os.WIFEXITED(status)


def stop() -> bool:
    os.kill(os.getpid(), signal.SIGSTOP)
    return True


def after_a_stop(really: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *given: stop() and really(*given)


def left() -> list[str]:
    """What lies in memory besides the folder that can be asked for."""
    return [path.name for path in files.folder().parent.glob("published-*")]


def test_one_that_compared_a_page_and_stands_still_brings_nothing_back():
    put("/glossary/", names=("glossary",))
    standing = Standing(lambda: put(still_true=stop))
    slots.bump("page:1")
    assert lying() == {}, "what could be asked for went with the folder"
    assert put("/", names=("lists",)), "and whoever comes next has one"
    standing.goes_on()
    assert lying() == {"/": WORDS}
    slots.bump("lists")
    assert (lying(), notes(), left()) == ({}, [], [])


def test_one_that_stands_still_behind_its_draft_brings_nothing_back(monkeypatch):
    """The page itself is written and needs but its name."""

    def publish() -> None:
        monkeypatch.setattr(os, "fchmod", after_a_stop(os.fchmod))
        put()

    standing = Standing(publish)
    slots.bump("page:1")
    standing.goes_on()
    assert lying() == {}


def test_one_that_stands_still_while_it_withdraws_keeps_nobody_from_withdrawing(monkeypatch):
    put()
    put("/glossary/", names=("glossary",))

    def withdraw() -> None:
        monkeypatch.setattr(holding.Held, "names", after_a_stop(holding.Held.names))
        slots.bump("glossary")

    standing = Standing(withdraw)
    slots.bump("page:1")
    assert lying() == {}
    put(names=("glossary",))
    standing.goes_on()
    assert set(lying()) == {PSOAS}, "made after what the other one withdraws had changed"


def test_what_has_had_its_time_goes_though_one_stands_still():
    put(until=10.0)
    standing = Standing(lambda: put("/", still_true=stop))
    files.sweep(10.0)
    assert lying() == {}
    standing.goes_on()
    assert lying() == {}


def test_who_only_publishes_leaves_it_to_the_application():
    standing = Standing(lambda: put("/", still_true=stop))
    assert not put()
    assert put()
    standing.goes_on()
    assert lying() == {PSOAS: WORDS}


def test_of_two_who_waited_the_second_leaves_the_new_folder_alone(monkeypatch):
    """It waited for the lock of the old one, which somebody else left meanwhile."""
    standing = Standing(lambda: put(still_true=stop))
    is_ours = holding._is_ours

    def while_another_leaves(lock: int) -> bool:
        monkeypatch.setattr(holding, "_is_ours", is_ours)
        slots.bump(*NAMES)
        assert put("/", names=("glossary",))
        return is_ours(lock)

    monkeypatch.setattr(holding, "_is_ours", while_another_leaves)
    slots.bump(*NAMES)
    assert lying() == {"/": WORDS}
    standing.goes_on()


def test_a_process_that_starts_forgets_what_was_left():
    (files.folder().parent / "published-1234").mkdir(parents=True)
    slots.bump_everything()
    assert left() == []
