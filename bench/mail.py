"""The outbox measured: how fast, how a full table weighs, what kills cost. `python -m bench mail`, on both databases.

Each database is measured by a process of its own (bench/mail_figures.py), with everything durable: SQLite with
synchronous FULL, PostgreSQL with fsync. The server that takes the letters is bench/mail_sink.py.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import postgres

ROOT = Path(__file__).resolve().parent.parent
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
GOALS = {  # name of a figure -> (goal on SQLite, goal on PostgreSQL); figures without a goal explain the others
    "worker, letters, a second": (300, 250),
    "letters, worker ÷ Django loop": (0.6, 0.6),
    "lessons, worker ÷ Django loop": (0.6, 0.6),
    "lesson 1, usually (s)": (5, 5),
    "lesson 1, the slowest (s)": (60, 60),
    "lesson 1, behind 1,000 lessons, the slowest (s)": (60, 60),
    "claim 100 of 500,000 ÷ of 5,000": (2, 2),
    "sign-up, mail server down ÷ up": (1.1, 1.1),
    "lost": (0, 0),
    "copies, policy hold": (0, 0),
}


@contextmanager
def sink() -> Iterator[int]:
    """The port of a server that takes everything."""
    running = subprocess.Popen([sys.executable, "-m", "bench.mail_sink"], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert running.stdout  # noqa: S101 - it is a pipe
    try:
        yield int(running.stdout.readline())
    finally:
        running.terminate()
        running.wait()


def measure(database_url: str, *parts: str) -> dict[str, float]:
    # Not in memory: what a commit costs is part of the figure.
    home = tempfile.mkdtemp(prefix="backsite-bench-", dir="/var/tmp")
    environment = {**os.environ, "BACKSITE_HOME": home, "DJANGO_SETTINGS_MODULE": "backsite.settings"}
    environment |= {"FORM_MIN_SECONDS": "0", "FORM_LIMITS": "course=100000/10"}
    environment.pop("DATABASE_URL", None)
    if database_url:
        environment["DATABASE_URL"] = database_url
    try:
        with sink() as port:
            environment["EMAIL_URL"] = f"smtp://127.0.0.1:{port}"
            command = [sys.executable, "-m", "bench.mail_figures", *parts]
            said = subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True)
            figures: dict[str, float] = json.loads(said.stdout.splitlines()[-1])
            return figures
    finally:
        shutil.rmtree(home, ignore_errors=True)


def main() -> dict[str, object]:
    found = {"SQLite": measure("")}
    postgres.SETTINGS.update(DURABLE)
    with postgres.server() as url:
        found["PostgreSQL"] = measure(url)
    print("| measure | SQLite | goal | PostgreSQL | goal |\n|--|--|--|--|--|")
    for name in found["SQLite"]:
        goals = [str(goal) for goal in GOALS.get(name, ("", ""))]
        values = [f"{found[database][name]:,g}" for database in found]
        print(f"| {name} | {values[0]} | {goals[0]} | {values[1]} | {goals[1]} |")
    return {**found}
