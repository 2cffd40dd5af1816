"""A locked database and a full disk, the real ones: nothing typed is lost, nothing half is stored, reading goes on."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import Client

from tests import make
from tips.cases.models import Case
from tips.pages.models import Page
from tips.receipts.models import Receipt

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="the locks and limits of one file"),
]


@contextmanager
def somebody_else_writes() -> Iterator[sqlite3.Connection]:
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield other
    finally:
        if other.in_transaction:
            other.execute("ROLLBACK")
        other.close()


@contextmanager
def patience(milliseconds: int) -> Iterator[None]:
    """How long a writer of this process waits for another. The site's own patience is ten seconds."""
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout={milliseconds}")
        yield
        cursor.execute("PRAGMA busy_timeout=10000")


@contextmanager
def full_disk() -> Iterator[None]:
    """No page more than there is: SQLite then says what it says on a full disk."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA page_count")
        (pages,) = cursor.fetchone()
        cursor.execute(f"PRAGMA max_page_count={pages}")
        yield
        cursor.execute("PRAGMA max_page_count=1073741823")


def rows() -> tuple[int, int, int]:
    return Page.objects.count(), Case.objects.count(), Receipt.objects.count()


def test_a_lock_that_stays_answers_503_with_the_text_and_reading_goes_on_t05():
    page = make.page("A page to read meanwhile")
    before = rows()
    vik = Client()
    data = make.filled(vik, "/share/", **make.story())
    with patience(200), somebody_else_writes():
        answer = vik.post("/share/", data)
        assert answer.status_code == 503
        assert answer["Retry-After"]
        assert "seized" in answer.content.decode()
        assert Client().get(page.get_absolute_url()).status_code == 200
        assert Client().get("/search/?q=meanwhile").status_code == 200
    assert rows() == before
    assert vik.post("/share/", data).status_code == 303


def test_a_lock_that_goes_away_is_waited_for_t05():
    vik = Client()
    data = make.filled(vik, "/share/", **make.story())
    with patience(10_000), somebody_else_writes() as other:
        release = threading.Timer(0.5, other.execute, ("ROLLBACK",))
        release.start()
        assert vik.post("/share/", data).status_code == 303
        release.join()


def test_a_full_disk_answers_503_with_the_text_and_reading_goes_on_t04():
    page = make.page("A page to read meanwhile")
    before = rows()
    vik = Client()
    data = make.filled(vik, "/share/", **make.story(story="It would not let go. " * 800))
    with full_disk():
        answer = vik.post("/share/", data)
        assert answer.status_code == 503
        assert "It would not let go." in answer.content.decode()
        assert Client().get(page.get_absolute_url()).status_code == 200
    assert rows() == before
    assert vik.post("/share/", data).status_code == 303
    assert rows() == tuple(number + 1 for number in before)
