"""Searches take turns, in this process and among all, and nobody is ever refused."""

import os
import threading

import pytest
from django.test import Client

from tests import make
from tips.freshness.turns import take
from tips.search import turns, views


@pytest.fixture(autouse=True)
def two_processors_and_patience(monkeypatch):
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    monkeypatch.setattr(turns, "PATIENCE", 60.0)


@pytest.fixture
def another_process():
    """That searches as well: a lock of another opening of the file is another's."""
    handle = take("search-slot")
    assert handle is not None
    yield
    os.close(handle)


def test_a_second_search_begins_when_the_first_is_done():
    begun, order = threading.Event(), []

    def other() -> None:
        begun.set()
        with turns.turn():
            order.append("other")

    thread = threading.Thread(target=other)
    with turns.turn():
        thread.start()
        assert begun.wait(5)
        thread.join(0.1)
        order.append("first")
    thread.join(5)
    assert order == ["first", "other"]


def test_it_waits_for_another_process_but_not_for_ever(another_process, monkeypatch):
    waits = []
    monkeypatch.setattr(turns.time, "sleep", waits.append)
    clock = iter([0.0, 30.0, 59.0, 61.0])
    monkeypatch.setattr(turns.time, "monotonic", lambda: next(clock))
    with turns.turn():
        assert len(waits) == 2


def test_a_slot_is_free_again_also_after_a_search_that_failed():
    with pytest.raises(ZeroDivisionError), turns.turn():
        raise ZeroDivisionError
    with turns.turn():
        assert take("search-slot") is None


def test_a_full_disk_keeps_nobody_from_searching(monkeypatch):
    def full(_name: str, **_: float) -> None:
        raise OSError

    monkeypatch.setattr(turns, "wait_for", full)
    with turns.turn():
        pass


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/search/?q=psoas", "/search/?q=psoas&in=/articles/psoas/", "/search.json?q=psoas"]
)
def test_every_search_has_its_turn(address, monkeypatch):
    make.article("psoas", "The psoas")
    at_once = []
    search = views.search if "in=" not in address else views.search_page

    def looked_at(*asked):
        at_once.append(take("search-slot"))
        return search(*asked)

    monkeypatch.setattr(views, search.__name__, looked_at)
    assert Client().get(address).status_code == 200
    assert at_once == [None]
