"""Wagtail in an environment of its own under test-results/, with the same server as the site."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from backsite.processes import web_command
from bench.speed.processes import running
from bench.speed.servers import ROOT, WORKERS, Target, free_port

PLACE = ROOT / "test-results" / "peers" / "wagtail"
PACKAGES = ("wagtail", "granian")
FIRST, MANY = "/page-1/", "/page-2001/"


def program() -> str:
    """Its Python; installed once, by pip."""
    python = PLACE / "bin" / "python"
    if not (PLACE / "bin" / "granian").exists():
        subprocess.run([sys.executable, "-m", "venv", str(PLACE)], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "--disable-pip-version-check", *PACKAGES], check=True)
    return str(python)


def environment(folder: Path) -> dict[str, str]:
    return {
        "PEER_HOME": str(folder),
        "DJANGO_SETTINGS_MODULE": "bench.peers.wagtail_site.settings",
        "PYTHONPATH": str(ROOT),
    }


def seed(folder: Path, corpus: Path) -> str:
    """The address to which comments on the first page are sent."""
    command = [program(), "-m", "bench.peers.wagtail_site.seed", str(corpus)]
    told = subprocess.run(
        command, env={**os.environ, **environment(folder)}, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
    )
    return f"/comment/{told.stdout.split()[-1]}/"


@contextmanager
def served(folder: Path, *, cached: bool) -> Iterator[Target]:
    port = free_port()
    command = [program(), *web_command(host="127.0.0.1", port=port, workers=WORKERS)[1:-1]]
    about = environment(folder) | ({"PEER_CACHE": "1"} if cached else {})
    with running(
        [*command, "bench.peers.wagtail_site.wsgi:application"], port, environment=about, path=FIRST
    ) as server:
        yield Target(server, port)
