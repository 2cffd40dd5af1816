import contextlib
import signal
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from backsite import locks
from backsite.checks import refuse_to_start
from backsite.work import Worker
from tips.mail.transport import from_settings


class Command(BaseCommand):
    help = "Send mail that is due and do the housekeeping, until SIGTERM or Ctrl-C."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="return when nothing is due")
        parser.add_argument(
            "--now", type=moment, help="look at what is due as if it were then (ISO 8601); implies --once"
        )

    def handle(self, *_args: Any, once: bool, now: datetime | None, **_options: Any) -> None:
        try:
            refuse_to_start()
            with locks.shared(Path(settings.HOME) / locks.IN_USE), contextlib.closing(from_settings()) as transport:
                worker = Worker(clock=(lambda: now) if now else timezone.now, transport=transport, nights=now is None)
                for number in (signal.SIGTERM, signal.SIGINT):
                    signal.signal(number, lambda *_: worker.stop.set())
                if once or now:
                    worker.run_once()
                else:
                    worker.run()
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from error
        except locks.InUse:
            raise CommandError("A backup is being restored. Start the worker afterwards.") from None


def moment(text: str) -> datetime:
    """ISO 8601; without an offset, in UTC. Raises ValueError."""
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
