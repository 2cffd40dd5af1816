from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from backsite.manifest import Refused
from backsite.safekeeping import backup


class Command(BaseCommand):
    help = "Write a backup into DIR while the site runs, and the keys into another folder. Keep the two apart."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", metavar="DIR", type=Path, help="a folder that is not there yet")
        parser.add_argument("--keys", type=Path, help="folder for the keys; DIR-keys when not given")

    def handle(self, *_args: Any, folder: Path, keys: Path | None, **_options: Any) -> None:
        folder = folder.resolve()
        keys = (keys or folder.with_name(f"{folder.name}-keys")).resolve()
        try:
            manifest = backup(folder, keys=keys, now=timezone.now())
        except (Refused, OSError) as error:
            raise CommandError(str(error)) from error
        rows = f"{sum(manifest.rows.values())} rows, intact, " if manifest.rows else ""
        self.stdout.write(f"Backup: {folder} ({rows}{len(manifest.files)} files)")
        self.stdout.write(f"Keys:   {keys} (without them, addresses and unsent mail cannot be read)")
