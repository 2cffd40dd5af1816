"""What must be done before the site answers; whatever is done already costs a look and no more."""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

Say = Callable[[str], object]
STAMP = ".collected"


def migrate_when_needed(say: Say) -> bool:
    """Whether it was."""
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return False
    say("Preparing the database ...")
    call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    return True


def collect_when_changed(say: Say) -> bool:
    """Style sheets, scripts and pictures, compressed and named by what is in them. Whether they had."""
    root = Path(settings.STATIC_ROOT)
    stamp, now = root / STAMP, _static_state()
    if stamp.exists() and stamp.read_text() == now:
        return False
    say("Collecting style sheets and scripts (some seconds, once) ...")
    call_command("collectstatic", verbosity=0, interactive=False, skip_checks=True)
    for path in (root, *root.rglob("*")):  # a web server in front may read them, whatever else it may not
        path.chmod(0o755 if path.is_dir() else 0o644)
    stamp.write_text(now)
    return True


def _static_state() -> str:
    """Changes with every file of every app, and with what is made of them."""
    made_by = [django.get_version(), str(settings.STORAGES["staticfiles"]["BACKEND"])]
    return hashlib.sha256("\n".join([*made_by, *sorted(_static_files())]).encode()).hexdigest()


def _static_files() -> Iterator[str]:
    for finder in get_finders():
        for name, storage in finder.list([]):
            about = Path(storage.path(name)).stat()
            yield f"{name} {about.st_size} {about.st_mtime_ns}"
