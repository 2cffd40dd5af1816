"""A process dies at any change of the file system, while it publishes or withdraws: nothing withdrawn lies there."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from unittest.mock import patch

import pytest

from tests.freshness.lying import NAMES, lying, notes, put
from tips.freshness import files, slots


class Died(BaseException):
    pass


CHANGES = ("rename", "mkdir", "symlink", "unlink", "rmdir", "chmod", "fchmod", "pwrite")


@contextmanager
def dying_at(step: int) -> Iterator[None]:
    """The `step`th change of the file system is the first that does not happen any more."""
    left = [step]

    def fatal(really: Callable[..., object]) -> Callable[..., object]:
        def change(*args: object, **over: object) -> object:
            left[0] -= 1
            if left[0] <= 0:
                raise Died
            return really(*args, **over)

        return change

    with ExitStack() as stack:
        for name in CHANGES:
            stack.enter_context(patch.object(os, name, fatal(getattr(os, name))))
        yield


def dies_everywhere(act: Callable[[], object]) -> Iterator[int]:
    """Runs `act`, dying at its first change, then at its second, and so on until it lives; yields after each time."""
    died, step = True, 0
    while died:
        step += 1
        try:
            with dying_at(step):
                act()
        except Died:
            pass
        else:
            died = False
        yield step


@pytest.mark.parametrize("name", [*NAMES, "glossary"])
def test_wherever_publishing_dies_a_bump_still_takes_away_what_it_is_about(name):
    about = {b"new": NAMES, b"old": ("page:1", "glossary")}
    steps = 0
    for step in dies_everywhere(lambda: put(packed=b"new")):
        slots.bump(name)
        assert [words for words in lying().values() if name in about[words]] == []
        files.withdraw_all()
        put(packed=b"old", names=about[b"old"])  # what the next round replaces
        steps = step
    assert steps > 6


def test_wherever_a_bump_dies_the_page_is_gone_and_the_next_sweep_or_bump_ends_the_rest():
    put()
    steps = 0
    for step in dies_everywhere(lambda: slots.bump("page:1")):
        assert step == 1 or lying() == {}
        files.sweep(now=99.0)
        slots.bump(*NAMES)
        assert (lying(), notes()) == ({}, [])
        assert put(), "and its room is free again"
        steps = step
    assert steps > 3
