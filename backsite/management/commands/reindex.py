from typing import Any

from django.core.management.base import BaseCommand

from backsite.sources import everything_to_find
from tips.index.passages import rebuild


class Command(BaseCommand):
    help = "Build the search index anew from all that is public. Searches go on meanwhile."
    requires_system_checks = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        count = rebuild(everything_to_find(), progress=lambda done: self.stdout.write(f"{done} ..."))
        self.stdout.write(f"{count} sources can be found.")
