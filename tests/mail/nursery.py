"""Real workers, forked by a process that outlives them: see worker.py."""

import json
import os
import signal
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection

from tips.mail.models import Delivery

ROOT = Path(__file__).parents[2]


class Nursery:
    """A process that forks workers (see worker.py) and outlives them."""

    def __init__(self, port: int, now: datetime) -> None:
        keys = ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")
        given = {
            "DATABASES": {"default": {key: connection.settings_dict[key] for key in keys}},
            "DEFAULT_AUTO_FIELD": settings.DEFAULT_AUTO_FIELD,
            "DEFAULT_FROM_EMAIL": settings.DEFAULT_FROM_EMAIL,
            "EMAIL_RATE": "",
            "EMAIL_URL": f"smtp://127.0.0.1:{port}",
            "INSTALLED_APPS": ["tips.mail"],
            "KEYS_DIR": str(settings.KEYS_DIR),
            "USE_TZ": True,
        }
        self.now = now
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.mail.worker"],
            cwd=ROOT,
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "tests.mail.worker_settings",
                "WORKER_SETTINGS": json.dumps(given, default=str),
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdin
        assert self.process.stdout
        self.orders, self.news = self.process.stdin, self.process.stdout

    def fork(
        self,
        *,
        later: timedelta = timedelta(0),
        limit: int = 10,
        lease: float = 600.0,
        die: str = "",
        slow: float = 0.0,
    ) -> int:
        """The number of a new worker's process. `slow`: the seconds that each sending takes."""
        order = {"now": (self.now + later).isoformat(), "limit": limit, "lease": lease, "die": die, "slow": slow}
        self.orders.write(json.dumps(order) + "\n")
        self.orders.flush()
        return int(self.news.readline())

    def kill(self, pid: int) -> None:
        os.kill(pid, signal.SIGKILL)
        self.wait_until_gone()

    def work_off(self, *, later: timedelta = timedelta(0)) -> None:
        """One worker, in peace, until nothing is due at that time."""
        self.fork(later=later)
        self.wait_until_gone()

    def wait_until_gone(self) -> None:
        assert self.news.readline() == "gone\n"

    def close(self) -> None:
        self.orders.close()
        self.process.wait(60)
        self.news.close()


def end_leases() -> None:
    """By the clock of the database, all of them."""
    Delivery.objects.filter(lease_until__isnull=False).update(lease_until="2020-01-01T00:00:00Z")
