"""T07: a backup under load holds all that was acknowledged before it began, and comes back whole or not at all."""

import json
import os
import sqlite3
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from backsite import locks, manifest, safekeeping
from backsite.manifest import Refused
from backsite.restoring import Home, restore
from tests import make
from tips.cases.models import Case
from tips.keys import sealing
from tips.pages.models import Page

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL's own programs make its backups"),
]
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


@pytest.fixture
def keys(settings, tmp_path):
    settings.KEYS_DIR = tmp_path / "home-keys"
    sealing.key("pepper", 1)
    sealing.key("outbox", 1)
    return settings.KEYS_DIR


@pytest.fixture
def saved(keys, tmp_path, settings):
    """A backup of a site with one page and one photo."""
    make.page("Wheelbarrow morning")
    photo = Path(settings.MEDIA_ROOT) / "ab" / "cdef.webp"
    photo.parent.mkdir(parents=True)
    photo.write_bytes(b"a photo")
    safekeeping.backup(tmp_path / "saved", keys=tmp_path / "saved-keys", now=NOW)
    return tmp_path / "saved"


@pytest.fixture
def home(tmp_path):
    """An empty one."""
    folder = tmp_path / "new-home"
    folder.mkdir()
    return Home(folder, folder / "backsite.sqlite3", folder / "media", folder / "keys")


def titles(database: Path) -> list[str]:
    found = sqlite3.connect(database)
    try:
        assert found.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return [row[0] for row in found.execute("SELECT title FROM pages_page ORDER BY id")]
    finally:
        found.close()


def test_t07_what_was_acknowledged_before_a_backup_under_load_comes_back(keys, tmp_path, home):
    acknowledged: list[int] = []
    stop, enough = threading.Event(), threading.Event()

    def visitor() -> None:
        while not stop.is_set():
            acknowledged.append(make.case().pk)
            if len(acknowledged) > 20:
                enough.set()
        connection.close()

    writers = [threading.Thread(target=visitor) for _ in range(3)]
    for writer in writers:
        writer.start()
    assert enough.wait(60)
    before = list(acknowledged)
    safekeeping.backup(tmp_path / "saved", keys=tmp_path / "saved-keys", now=NOW)
    stop.set()
    for writer in writers:
        writer.join()

    restore(tmp_path / "saved", home, keys=tmp_path / "saved-keys", replace=False, now=NOW)
    back = sqlite3.connect(home.database)
    there = {row[0] for row in back.execute("SELECT id FROM cases_case")}
    assert back.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    back.close()
    assert set(before) <= there <= set(Case.objects.values_list("pk", flat=True))


def test_a_backup_says_what_is_in_it_and_keeps_the_keys_apart(saved, keys):
    said = json.loads((saved / "manifest.json").read_text())

    assert said["rows"]["pages_page"] == Page.objects.count() == 1
    assert set(said["files"]) == {"backsite.sqlite3", "media/ab/cdef.webp"}
    assert set(said["keys"]) == {"pepper.1", "outbox.1"}
    inside = b"".join(path.read_bytes() for path in saved.rglob("*") if path.is_file())
    assert not [key for key in keys.iterdir() if key.read_bytes() in inside]
    assert (saved.with_name("saved-keys") / "pepper.1").read_bytes() == (keys / "pepper.1").read_bytes()
    assert (saved.stat().st_mode | saved.with_name("saved-keys").stat().st_mode) & 0o077 == 0


def test_a_restored_home_has_rows_photos_and_keys(saved, home, keys):
    restore(saved, home, keys=saved.with_name("saved-keys"), replace=False, now=NOW)

    assert titles(home.database) == ["Wheelbarrow morning"]
    assert (home.media / "ab/cdef.webp").read_bytes() == b"a photo"
    assert (home.keys / "outbox.1").read_bytes() == (keys / "outbox.1").read_bytes()


def test_a_folder_that_is_not_empty_is_never_written_into(saved, tmp_path):
    with pytest.raises(Refused, match="not empty"):
        safekeeping.backup(saved, keys=None, now=NOW)
    with pytest.raises(Refused, match="not empty"):
        safekeeping.backup(tmp_path / "other", keys=tmp_path / "saved-keys", now=NOW)
    assert not (tmp_path / "other").exists()


def test_a_site_that_is_there_already_is_put_aside_and_only_when_asked(saved, home):
    home.database.write_bytes(b"what was here before")

    with pytest.raises(Refused, match="--yes"):
        restore(saved, home, keys=saved.with_name("saved-keys"), replace=False, now=NOW)
    assert home.database.read_bytes() == b"what was here before"

    restore(saved, home, keys=saved.with_name("saved-keys"), replace=True, now=NOW)
    assert titles(home.database) == ["Wheelbarrow morning"]
    assert (home.folder / "replaced-20261122-030000/backsite.sqlite3").read_bytes() == b"what was here before"


def refused(saved: Path, home: Home, keys: Path | None, text: str) -> None:
    with pytest.raises(Refused, match=text):
        restore(saved, home, keys=keys, replace=True, now=NOW)
    assert [path for path in home.folder.iterdir() if path.name != locks.IN_USE] == []


def test_a_damaged_file_is_refused(saved, home):
    with (saved / "backsite.sqlite3").open("r+b") as file:
        file.seek(5000)
        file.write(b"\0\1\2\3")

    refused(saved, home, saved.with_name("saved-keys"), "damaged: backsite.sqlite3")


def test_a_missing_file_is_refused(saved, home):
    (saved / "media/ab/cdef.webp").unlink()

    refused(saved, home, saved.with_name("saved-keys"), r"not whole: media/ab/cdef\.webp")


def test_a_folder_without_manifest_is_no_backup(tmp_path, home):
    refused(tmp_path, home, None, "not a backup")


def test_the_keys_of_another_site_are_refused(saved, home, tmp_path):
    other = tmp_path / "other-keys"
    other.mkdir()
    for name in ("pepper.1", "outbox.1"):
        (other / name).write_bytes(os.urandom(32))

    refused(saved, home, other, r"does not hold the keys of this backup \(outbox\.1, pepper\.1\)")


def test_without_the_keys_nothing_is_restored_into_a_new_home(saved, home):
    refused(saved, home, None, "keys of this backup")


def test_a_backup_of_a_newer_release_is_refused(saved, home):
    said = manifest.read(saved)
    said.migrations.append("pages.0999_from_the_future")
    said.write(saved)

    refused(saved, home, saved.with_name("saved-keys"), r"newer release, with pages\.0999")


def test_a_site_that_runs_is_not_exchanged(saved, home):
    with locks.shared(home.folder / locks.IN_USE):
        refused(saved, home, saved.with_name("saved-keys"), "The site is running")


def test_the_commands_speak_plainly(saved, tmp_path, capsys, settings):
    call_command("backup", str(tmp_path / "by-hand"))
    said = capsys.readouterr().out
    assert "intact" in said
    assert str(tmp_path / "by-hand-keys") in said

    with pytest.raises(CommandError, match="not empty"):
        call_command("backup", str(saved))
    with pytest.raises(CommandError, match="There is a site in"):
        call_command("restore", str(saved))
