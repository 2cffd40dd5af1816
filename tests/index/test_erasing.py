"""What is removed leaves nothing behind, in no table and on no page of the database file."""

from pathlib import Path

import pytest
from django.db import connection

from tests.index.texts import build, found, passage
from tips.index.engine import engine
from tips.index.models import SpellingForm, StoredPassage, Word
from tips.index.passages import remove, store

SECRET = "zygomorphically"


@pytest.mark.django_db
def test_no_table_knows_a_removed_word():
    build()
    store("page:secret", [passage(title=f"{SECRET} title", heading=f"{SECRET} heading", body=f"My {SECRET} story")])
    assert found(SECRET) == ["page:secret"]
    remove("page:secret")
    assert found(SECRET) == []
    assert not StoredPassage.objects.filter(source="page:secret").exists()
    assert not Word.objects.filter(word=SECRET).exists()
    assert not SpellingForm.objects.filter(form__startswith=SECRET[:5]).exists()


def database_bytes() -> bytes:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return Path(connection.settings_dict["NAME"]).read_bytes()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL clears its files when it vacuums")
@pytest.mark.django_db(transaction=True)
def test_no_page_of_the_file_holds_a_removed_word():
    build()
    store("page:secret", [passage(title=f"{SECRET} title", body=f"My {SECRET} story, long ago in Trowbridge")])
    assert SECRET.encode() in database_bytes()
    remove("page:secret")
    left = database_bytes()
    assert not [word for word in (SECRET, SECRET[:10], "trowbridge", "Trowbridge") if word.encode() in left]


@pytest.mark.django_db(transaction=True)
def test_tidying_keeps_everything_that_is_there():
    build()
    before = found("stiff neck back leg")
    remove("page:walking")
    engine().tidy()
    assert found("stiff neck back leg") == [source for source in before if source != "page:walking"]


@pytest.mark.django_db
def test_the_full_text_agrees_with_the_passages_after_many_changes():
    for number in range(40):
        store(f"page:{number % 7}", [passage(body=f"heat {number} and words w{number}") for _ in range(number % 3)])
    kept = set(StoredPassage.objects.values_list("source", flat=True))
    assert set(found("heat")) == kept
    check_integrity()


def check_integrity() -> None:
    """FTS5 compares every entry with the text that it came from, and raises where they differ."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for table in ("index_title", "index_body"):
                cursor.execute(f"INSERT INTO {table}({table}, rank) VALUES ('integrity-check', 1)")  # noqa: S608
