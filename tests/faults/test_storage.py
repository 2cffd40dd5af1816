"""A locked database and a full disk, the real ones: nothing typed is lost, nothing half is stored, reading goes on."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from tests import make
from tests.photos.pictures import jpeg
from tips.cases.models import Case
from tips.pages.models import Page
from tips.photos.models import Photo
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


def test_a_draft_that_cannot_be_kept_now_says_when_to_try_again_and_the_check_page_holds_the_words_t05():
    vik = Client()
    data = make.filled(vik, "/share/", **make.story(action="check"))
    with patience(200), somebody_else_writes():
        kept = vik.post("/share/draft/", data)
        assert (kept.status_code, kept["Retry-After"]) == (503, "30")
        checked = vik.post("/share/", data)
        assert checked.status_code == 200
        assert "seized" in checked.content.decode()
    assert vik.post("/share/draft/", data).status_code == 204
    assert "seized" in vik.get("/share/").content.decode()


def test_a_lock_while_a_photo_arrives_leaves_no_file_and_no_row_t05(settings):
    vik = Client()
    picture = jpeg()
    with patience(200), somebody_else_writes():
        answer = vik.post("/share/photo/", {"photo": SimpleUploadedFile("a.jpg", picture)})
        assert answer.status_code == 503
        data = make.filled(vik, "/share/", **make.story())
        for action in ("check", "send"):
            said = {**data, "action": action, "photos": [SimpleUploadedFile("a.jpg", picture)]}
            sent = vik.post("/share/", said)
            assert (sent.status_code, sent["Retry-After"]) == (503, "30")
            assert "seized" in sent.content.decode()
    assert Photo.objects.count() == 0
    assert [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()] == []
    assert vik.post("/share/photo/", {"photo": SimpleUploadedFile("a.jpg", picture)}).status_code == 201


def test_a_full_disk_keeps_the_draft_of_before_and_the_words_in_the_answer_t04():
    vik = Client()
    data = make.filled(vik, "/share/", **make.story())
    vik.post("/share/draft/", data)
    longer = {**data, "story": "It would not let go. " * 900}
    with full_disk():
        assert vik.post("/share/draft/", longer).status_code == 503
        answer = vik.post("/share/", longer)
        assert answer.status_code == 503
        assert "It would not let go." in answer.content.decode()
        assert "seized" in vik.get("/share/").content.decode()
    assert vik.post("/share/draft/", longer).status_code == 204


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
