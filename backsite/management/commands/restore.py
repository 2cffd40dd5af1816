from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from backsite.manifest import Refused
from backsite.restoring import restore, this_home


class Command(BaseCommand):
    help = "Put the backup in DIR in the place of this home. The site must be stopped."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", metavar="DIR", type=Path)
        parser.add_argument(
            "--keys", type=Path, help="folder with the keys; DIR-keys if it is there, else those of the home"
        )
        parser.add_argument("--yes", action="store_true", help="put aside the site that is in this home")

    def handle(self, *_args: Any, folder: Path, keys: Path | None, yes: bool, **_options: Any) -> None:
        folder = folder.resolve()
        beside = folder.with_name(f"{folder.name}-keys")
        if keys is None and beside.is_dir():
            keys = beside
        home = this_home()
        try:
            manifest = restore(folder, home, keys=keys, replace=yes, now=timezone.now())
        except (Refused, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Restored into {home.folder}: the site as it was on {manifest.made_at}.")
        self.stdout.write("Start it with make run, which brings an older database up to date.")
