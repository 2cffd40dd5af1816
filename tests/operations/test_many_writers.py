"""T05: many who read first and write later, at once, and nobody is told that the database is locked."""

import threading

import pytest
from django.db import connection, transaction

from tests import make
from tips.cases.models import Case

WRITERS, TURNS = 12, 60


@pytest.mark.django_db(transaction=True)
def test_t05_720_transactions_of_12_writers_all_succeed_and_none_is_lost():
    case = make.case(version=1)
    troubles: list[str] = []

    def write() -> None:
        try:
            for _ in range(TURNS):
                with transaction.atomic():
                    seen = Case.objects.select_for_update().get(pk=case.pk)
                    Case.objects.filter(pk=case.pk).update(version=seen.version + 1)
        except Exception as error:  # noqa: BLE001 - whatever it was, the test tells
            troubles.append(repr(error))
        finally:
            connection.close()

    writers = [threading.Thread(target=write) for _ in range(WRITERS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    case.refresh_from_db()
    assert troubles == []
    assert case.version == 1 + WRITERS * TURNS


@pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite")
@pytest.mark.django_db
def test_t05_a_transaction_holds_the_write_lock_from_its_start():
    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    with connection.cursor() as cursor:
        asked = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "secure_delete")}
    assert asked == {"journal_mode": "wal", "secure_delete": 1}
