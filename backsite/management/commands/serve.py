import http.client
import os
import sys
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command, execute_from_command_line
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from backsite import locks, pagecache, preparing, publishing, work  # noqa: F401 - see read_ahead
from backsite.checks import refuse_to_start
from backsite.owner import owner_of_local_site, sign_in_link
from backsite.processes import Processes, Run, port_is_free, run_web, web_command
from tips.safety.find import find


class Command(BaseCommand):
    help = "Everything: database, content, web server and worker, until Ctrl-C or SIGTERM. What make run calls."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--without-worker", action="store_true", help="where `manage.py work` is a service itself")

    def handle(self, *_args: Any, without_worker: bool = False, **_options: Any) -> None:
        try:
            refuse_to_start()
            with locks.shared(Path(settings.HOME) / locks.IN_USE):
                self._prepare()
                code = self._run(None if without_worker else run_worker)
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from error
        except locks.InUse:
            raise CommandError("A backup is being restored. Start the site afterwards.") from None
        if code:
            raise CommandError(f"The web server ended with {code}.", returncode=1)

    def _prepare(self) -> None:
        if not port_is_free(settings.HOST, settings.PORT):
            raise CommandError(f"Port {settings.PORT} is taken. Choose another: PORT={settings.PORT + 1} make run")
        done = [preparing.migrate_when_needed(self._say), preparing.collect_when_changed(self._say)]
        call_command("load_content", quiet=True, stdout=self.stdout)
        if any(done):
            begin_anew()

    def _run(self, worker: Run | None) -> int:
        link = sign_in_link(owner_of_local_site()) if settings.SITE_IS_LOCAL else ""
        read_ahead()
        connections.close_all()
        command = web_command(host=settings.HOST, port=settings.PORT, workers=int(os.environ.get("WEB_WORKERS") or 2))
        processes = Processes(partial(run_web, command), worker, self._say)
        return processes.run(ready=answers, started=lambda: self._announce(link))

    def _announce(self, link: str) -> None:
        self._say(f"The site is at {settings.SITE_URL}/")
        if link:
            self._say(f"Sign in as its owner (once, within half an hour): {link}")
        self._say("Ctrl-C stops it.")

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()


def begin_anew() -> None:
    """The same process, without what preparing left in its memory: nobody looks for garbage here (docs/adr/0056)."""
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606 - our own words


def read_ahead() -> None:
    """All that the processes need, before they are forked, here and in the imports above: so it is read once, and lies
    in memory once. Not `backsite.wsgi`, which does what every web process must do when it starts."""
    find("")
    handler = import_module("backsite.handler")
    for path in ("/", "/share/"):
        handler.read_for(path)


def run_worker() -> None:
    execute_from_command_line(["manage.py", "work"])


def answers() -> bool:
    connection = http.client.HTTPConnection(settings.HOST, settings.PORT, timeout=5)
    try:
        connection.request("GET", "/healthz", headers={"Host": settings.SITE_HOST})
        return connection.getresponse().status > 0
    except OSError:
        return False
    finally:
        connection.close()
