"""A backup while the site runs: one consistent picture of the database, the photos, and, in a folder apart, the keys.

Everything that was committed before the backup began is in it. The folder appears whole or not at all.
"""

import os
import shutil
import sqlite3
import subprocess
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from backsite.manifest import Manifest, Refused, fingerprints, sha256

DATABASE = "backsite.sqlite3"
DUMP = "backsite.dump"
MEDIA = "media"


def backup(target: Path, *, keys: Path | None, now: datetime) -> Manifest:
    """Write `target`, which must not hold anything yet, and copy the keys to the folder `keys`. Raises Refused."""
    _must_be_free(target)
    if keys:
        _must_be_free(keys)
    draft = target.with_name(f".{target.name}.part")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True, mode=0o700)
    migrations = sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())
    rows = _copy_database(draft)
    _copy_media(Path(settings.MEDIA_ROOT), draft / MEDIA)
    manifest = Manifest(
        made_at=now.isoformat(),
        engine=connection.vendor,
        migrations=migrations,
        rows=rows,
        files={str(path.relative_to(draft)): sha256(path) for path in sorted(draft.rglob("*")) if path.is_file()},
        keys=fingerprints(Path(settings.KEYS_DIR)),
    )
    manifest.write(draft)
    if keys:
        copy_keys(Path(settings.KEYS_DIR), keys)
    _put_in_place(draft, target)
    return manifest


def _must_be_free(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused(f"{folder} is not empty. Name a folder that is not there yet.")


def _copy_database(folder: Path) -> dict[str, int]:
    if connection.vendor == "postgresql":
        dump_postgres(folder / DUMP)
        return {}
    return copy_sqlite(Path(settings.DATABASES["default"]["NAME"]), folder / DATABASE)


def copy_sqlite(source: Path, target: Path) -> dict[str, int]:
    """SQLite's own online copy, in one step: one reader's view, beside any number of writers. The rows by table."""
    original, copy = sqlite3.connect(source, timeout=30), sqlite3.connect(target)
    try:
        original.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
        must_be_intact(copy, source)
        return count_rows(copy)
    finally:
        copy.close()
        original.close()


def must_be_intact(database: sqlite3.Connection, name: Path) -> None:
    """Raises Refused."""
    said = [row[0] for row in database.execute("PRAGMA integrity_check(3)")]
    if said != ["ok"]:
        raise Refused(f"SQLite finds {name} damaged: {'; '.join(said)}")


def count_rows(database: sqlite3.Connection) -> dict[str, int]:
    every = "SELECT name FROM pragma_table_list WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    tables = [row[0] for row in database.execute(every)]
    return {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}  # noqa: S608


def dump_postgres(target: Path) -> None:
    run_postgres("pg_dump", "--format=custom", "--no-owner", f"--file={target}")


def run_postgres(program: str, *arguments: str) -> None:
    """One of PostgreSQL's own programs, on the site's database. Raises Refused."""
    found = shutil.which(program)
    if found is None:
        raise Refused(f"{program} is not installed. Install PostgreSQL's client programs (Debian: postgresql-client).")
    named = connection.get_connection_params()
    where = {f"PG{name.upper()}": str(named[name]) for name in ("host", "port", "user", "password") if named.get(name)}
    done = subprocess.run(
        [found, *arguments],
        env={**os.environ, **where, "PGDATABASE": str(named["dbname"])},
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise Refused(f"{program} failed: {done.stderr.strip()[-400:]}")


def _copy_media(source: Path, target: Path) -> None:
    """After the database: a photo's file is there before its row. One that is deleted meanwhile is not missed."""
    target.mkdir()
    for path in sorted(source.rglob("*")) if source.is_dir() else ():
        copy = target / path.relative_to(source)
        if path.is_dir():
            copy.mkdir(exist_ok=True)
            continue
        try:
            shutil.copyfile(path, copy)
        except FileNotFoundError:
            copy.unlink(missing_ok=True)


def copy_keys(source: Path, target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name in fingerprints(source):
        shutil.copyfile(source / name, target / name)
        (target / name).chmod(0o600)


def _put_in_place(draft: Path, target: Path) -> None:
    for path in (*draft.rglob("*"), draft):
        sync(path)
    if target.exists():
        target.rmdir()
    draft.rename(target)
    sync(target.parent)


def sync(path: Path) -> None:
    """On the disk, not only on its way there."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
