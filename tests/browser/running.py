"""The site as its owner runs it, in processes of its own: web server, worker, compressed files, mail as files."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STARTED = "Ctrl-C stops it."
HANGS_AFTER = 300  # seconds; it takes about ten, where nothing else runs


@dataclass(frozen=True)
class Site:
    url: str
    home: Path
    environment: dict[str, str]

    def manage(self, *arguments: str) -> str:
        """What a command of the site prints."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def letter(self, to: str, subject: str) -> EmailMessage:
        """The newest letter to `to` whose subject holds `subject`; the worker may need a moment to send it."""
        limit = time.monotonic() + HANGS_AFTER
        while time.monotonic() < limit:
            letters = [letter for letter in self.letters() if letter["To"] == to and subject in letter["Subject"]]
            if letters:
                return letters[-1]
            time.sleep(0.1)
        raise AssertionError(f"no letter to {to} about {subject}")

    def letters(self) -> list[EmailMessage]:
        files = sorted((self.home / "mail").glob("*.eml"), key=lambda path: path.stat().st_mtime)
        return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in files]


@contextmanager
def running(home: Path) -> Iterator[Site]:
    """Its data is in `home`; addresses say localhost, since a passkey belongs to a name and not to a number."""
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {
        "BACKSITE_HOME": str(home),
        "PORT": str(port),
        "SITE_URL": f"http://localhost:{port}",
        "FORM_MIN_SECONDS": "0",
        "PYTHONUNBUFFERED": "1",
    }
    log = home / "run.log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            [sys.executable, "manage.py", "serve"], cwd=ROOT, env=environment, stdout=output, stderr=output
        )
    try:
        wait_until_started(server, log)
        yield Site(environment["SITE_URL"], home, environment)
    finally:
        server.terminate()
        server.wait(HANGS_AFTER)


def wait_until_started(server: "subprocess.Popen[bytes]", log: Path) -> None:
    limit = time.monotonic() + HANGS_AFTER
    while STARTED not in log.read_text():
        assert server.poll() is None, f"the site did not start:\n{log.read_text()}"
        assert time.monotonic() < limit, f"the site did not start in {HANGS_AFTER} seconds:\n{log.read_text()}"
        time.sleep(0.1)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
