"""The first searches after a start come together: what they all need is built by one of them."""

import threading
from collections.abc import Callable

import pytest

from tips.freshness.once import built_once
from tips.glossary import words
from tips.index import synonyms
from tips.safety import find
from tips.search import suggesting

PATIENCE = 0.2  # seconds in which another thread, were it let in, would build its own


class Joined:
    """Stands for something that is built. While it is, another thread wants the same."""

    def __init__(self, want: Callable[[], object]) -> None:
        self.want = want
        self.builds = 0
        self.others: list[threading.Thread] = []

    def __call__(self, *_args: object, **_kwargs: object) -> "Joined":
        self.builds += 1
        if self.builds == 1:
            other = threading.Thread(target=self.want)
            other.start()
            other.join(PATIENCE)
            self.others.append(other)
        return self

    def all_have_it(self) -> bool:
        for other in self.others:
            other.join(10)
        return not any(other.is_alive() for other in self.others)


def test_who_comes_while_it_is_built_waits_and_gets_the_same():
    found: list[object] = []
    joined = Joined(lambda: found.append(build(1)))
    build = built_once(joined)

    first = build(1)

    assert joined.all_have_it()
    assert joined.builds == 1
    assert found == [first]


def test_for_something_else_it_is_built_again_and_the_last_is_kept():
    built: list[int] = []
    build = built_once(lambda number: built.append(number) or number)

    assert [build(1), build(1), build(2), build(2), build(1)] == [1, 1, 2, 2, 1]
    assert built == [1, 2, 1]


def test_one_that_fails_is_tried_by_the_next():
    tried: list[int] = []

    def failing() -> str:
        tried.append(1)
        if len(tried) == 1:
            raise OSError("not yet")
        return "built"

    build = built_once(failing)
    with pytest.raises(OSError, match="not yet"):
        build()
    assert build() == "built"


def test_what_a_search_needs_is_built_so():
    needed = (find._vocabulary, words._groups, words._lexicon, synonyms._table, suggesting._everyday)
    assert {each.__code__ for each in needed} == {built_once(len).__code__}
