"""Put a backup in the place of the home: first everything is looked at, then everything is exchanged."""

import contextlib
import shutil
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader

from backsite import locks
from backsite.manifest import Manifest, Refused, fingerprints, read, sha256
from backsite.safekeeping import DATABASE, DUMP, MEDIA, copy_keys, must_be_intact, run_postgres, sync


@dataclass(frozen=True)
class Home:
    """What a restore exchanges."""

    folder: Path
    database: Path
    media: Path
    keys: Path

    @property
    def is_empty(self) -> bool:
        return not self.database.exists() and not any(self.media.glob("*"))


def this_home() -> Home:
    return Home(
        folder=Path(settings.HOME),
        database=Path(settings.DATABASES["default"]["NAME"]),
        media=Path(settings.MEDIA_ROOT),
        keys=Path(settings.KEYS_DIR),
    )


def restore(source: Path, home: Home, *, keys: Path | None, replace: bool, now: datetime) -> Manifest:
    """Raises Refused, with nothing changed. What was there before stays in `replaced-<time>` below the home."""
    manifest = read(source)
    _must_be_whole(source, manifest)
    _must_fit(manifest)
    _must_be_its_keys(manifest, keys or home.keys)
    if not (replace or _nothing_to_lose(home)):
        raise Refused(f"There is a site in {home.folder} already. To put the backup in its place, add --yes.")
    try:
        with locks.alone(home.folder / locks.IN_USE):
            connections.close_all()
            _exchange(source, home, keys, aside=home.folder / f"replaced-{now:%Y%m%d-%H%M%S}")
    except locks.InUse:
        raise Refused("The site is running. Stop the server and the worker first.") from None
    return manifest


def _nothing_to_lose(home: Home) -> bool:
    if connection.vendor == "postgresql":
        return not connection.introspection.table_names()
    return home.is_empty


def _must_be_whole(source: Path, manifest: Manifest) -> None:
    for name, digest in manifest.files.items():
        path = source / name
        if not path.is_file():
            raise Refused(f"The backup is not whole: {name} is missing.")
        if sha256(path) != digest:
            raise Refused(f"The backup is damaged: {name} is not what was written.")
    if manifest.engine == "sqlite":
        with contextlib.closing(sqlite3.connect(f"file:{source / DATABASE}?mode=ro&immutable=1", uri=True)) as database:
            must_be_intact(database, source / DATABASE)


def _must_fit(manifest: Manifest) -> None:
    if manifest.engine != connection.vendor:
        raise Refused(f"The backup is of a {manifest.engine} database, and DATABASE_URL names {connection.vendor}.")
    known = {f"{app}.{name}" for app, name in MigrationLoader(None, ignore_no_migrations=True).disk_migrations or ()}
    newer = [name for name in manifest.migrations if name not in known]
    if newer:
        raise Refused(f"The backup was made by a newer release, with {newer[0]}. Install that release first.")


def _must_be_its_keys(manifest: Manifest, folder: Path) -> None:
    found = fingerprints(folder)
    wrong = [name for name, mark in manifest.keys.items() if found.get(name) != mark]
    if wrong:
        raise Refused(
            f"{folder} does not hold the keys of this backup ({', '.join(wrong)}). "
            "Without them addresses and unsent mail cannot be read. Name the right folder with --keys."
        )


def _exchange(source: Path, home: Home, keys: Path | None, *, aside: Path) -> None:
    aside.mkdir(parents=True, mode=0o700)
    if connection.vendor == "postgresql":
        database = f"--dbname={connection.get_connection_params()['dbname']}"
        run_postgres("pg_restore", "--clean", "--if-exists", "--no-owner", database, str(source / DUMP))
    else:
        for path in home.database.parent.glob(f"{home.database.name}*"):
            path.rename(aside / path.name)
        _copy_whole(source / DATABASE, home.database)
    if home.media.exists():
        home.media.rename(aside / MEDIA)
    shutil.copytree(source / MEDIA, home.media)
    if keys:
        if home.keys.exists():
            home.keys.rename(aside / "keys")
        copy_keys(keys, home.keys)
    if not any(aside.iterdir()):
        aside.rmdir()


def _copy_whole(source: Path, target: Path) -> None:
    draft = target.with_name(f".{target.name}.part")
    shutil.copyfile(source, draft)
    draft.chmod(0o600)
    sync(draft)
    draft.rename(target)
    sync(target.parent)
