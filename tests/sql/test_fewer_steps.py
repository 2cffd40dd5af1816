"""On SQLite a statement takes fewer steps than Django's, and loses nothing by it."""

import threading
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, OperationalError, connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from tests import make
from tips.cases.models import Case
from tips.sql.plain import rows

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has Django's own cursors"),
]
ASKED = "SELECT %s"


def test_it_does_not_go_the_long_way(monkeypatch):
    monkeypatch.setattr(CursorWrapper, "_execute_with_wrappers", None)
    monkeypatch.setattr(connection, "_cursor", None)
    assert rows(ASKED, 7) == [(7,)]
    assert list(Case.objects.all()) == []


def test_errors_are_those_of_django():
    with pytest.raises(OperationalError, match="no such table"), transaction.atomic():
        rows("SELECT %s FROM lost", 1)
    with pytest.raises(IntegrityError) as raised, transaction.atomic():
        Case.objects.create(kind="page", state="lost", opened_at=make.NOW)
    assert type(raised.value.__cause__).__module__.startswith("pysqlite3")
    assert rows(ASKED, 7) == [(7,)]


def test_a_broken_transaction_takes_no_statement():
    with transaction.atomic():
        transaction.set_rollback(True)
        with pytest.raises(TransactionManagementError):
            rows(ASKED, 7)


def test_who_counts_and_who_wraps_statements_sees_them():
    seen: list[str] = []

    def wrapper(execute: Any, sql: str, *more: Any) -> Any:
        seen.append(sql)
        return execute(sql, *more)

    with connection.execute_wrapper(wrapper):
        rows(ASKED, 7)
    with CaptureQueriesContext(connection) as queries:
        rows(ASKED, 8)
    assert seen == [ASKED]
    assert [each["sql"] for each in queries] == ["SELECT 8"]


def test_another_thread_may_not_use_it():
    raised: list[type[Exception]] = []

    def ask(other: Any) -> None:
        try:
            other.cursor()
        except DatabaseError as error:
            raised.append(type(error))

    thread = threading.Thread(target=ask, args=[connection._connections[connection._alias]])
    thread.start()
    thread.join()
    assert raised == [DatabaseError]


def test_names_and_no_values_at_all_are_taken_as_django_takes_them():
    with connection.cursor() as cursor:
        assert cursor.execute("SELECT %(number)s", {"number": 7}).fetchone() == (7,)
        assert cursor.execute("SELECT '100%'").fetchone() == ("100%",)
        assert cursor.execute("SELECT '100%%', %s", (7,)).fetchone() == ("100%", 7)
