"""On SQLite a statement is put into its words and prepared once, however many others the process runs."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from tips.sql.sqlite3 import base

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps its own (docs/adr/0052)"),
]
MANY = 300
ASKED = "SELECT {number} * count(*), %s || '%%d' FROM sqlite_master WHERE name = %s"


@pytest.fixture
def fresh() -> Iterator[BaseDatabaseWrapper]:
    """A connection of its own: the other has run the migrations."""
    copied = connection.copy()
    yield copied
    copied.close()


def ask(of: BaseDatabaseWrapper, number: int = 0) -> None:
    with of.cursor() as cursor:
        cursor.execute(ASKED.format(number=number), ["100%s ", "?"])
        assert cursor.fetchone() == (0, "100%s %d")


def test_question_marks_are_put_in_once(fresh):
    ask(fresh)
    before = base._with_question_marks.cache_info().misses
    for _ in range(5):
        ask(fresh)
    assert base._with_question_marks.cache_info().misses == before


def test_a_statement_stays_prepared_among_many_others(fresh):
    """SQLite asks the authorizer while it prepares a statement, and never while it runs one."""
    for number in range(MANY):
        ask(fresh, number)
    prepared: list[int] = []
    fresh.connection.set_authorizer(lambda *_: prepared.append(1) or 0)
    ask(fresh, 1_000)
    ask(fresh, 1_001)
    asked = len(prepared)
    ask(fresh, 1_000)
    ask(fresh, 1_001)
    assert 0 < asked == len(prepared)
