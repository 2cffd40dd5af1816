from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tips.audit.log import verify
from tips.audit.models import AuditEvent


class Command(BaseCommand):
    help = "Check the log of what staff did: `audit verify` names the first row that is not as it was written."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["verify"])

    def handle(self, *args: Any, **options: Any) -> None:
        fault = verify()
        if fault:
            raise CommandError(f"Row {fault.seq} {fault.words}.")
        self.stdout.write(f"All {AuditEvent.objects.count()} rows are as they were written.")
