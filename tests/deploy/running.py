"""The site as the shipped services run it, in processes of its own behind the shipped nginx, on loopback: for tests
that kill it, and for measurements.

    with behind_nginx(folder) as site:    # folder: empty, in memory, a place that another user may enter
        site.url                          # http://localhost:…, answered by nginx
        site.published                    # the packed files
        site.manage("moderate", "list")
"""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.browser.running import ROOT, free_port, wait_until_started
from tests.deploy.nginx import Nginx, Place, shipped
from tests.left_out import LEFT_OUT

ENDS_WITHIN = 60.0  # seconds
MEMORY = "import backsite.settings as s; print(s.SHARED_MEMORY_DIR)"


@dataclass
class Served:
    """`memory`: settings.SHARED_MEMORY_DIR of this site."""

    place: Place
    environment: dict[str, str]
    memory: Path
    server: "subprocess.Popen[bytes]"
    nginx: Nginx

    @property
    def url(self) -> str:
        return self.environment["SITE_URL"]

    @property
    def published(self) -> Path:
        return self.place.published / "pages"

    def manage(self, *arguments: str) -> str:
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def kill(self) -> None:
        """Everything at once, as the kernel does it when memory runs out."""
        os.killpg(self.server.pid, signal.SIGKILL)
        self.server.wait(ENDS_WITHIN)


@contextmanager
def behind_nginx(folder: Path, **environment: str) -> Iterator[Served]:
    """More of the environment by name."""
    home = folder / "home"
    home.mkdir(mode=0o711)
    (folder / "nginx").mkdir(mode=0o711)
    port, behind = free_port(), free_port()
    kept = {name: value for name, value in os.environ.items() if name not in {*LEFT_OUT, "DATABASE_URL"}}
    said = {"BACKSITE_HOME": str(home), "PORT": str(behind), "SITE_URL": f"http://localhost:{port}"}
    said |= {"TRUSTED_PROXIES": "1", "PUBLISH_PAGES": "1", "FORM_MIN_SECONDS": "0", "PYTHONUNBUFFERED": "1"}
    environment = {**kept, **said, **environment}
    memory = shared_memory(environment)
    place = Place(port, behind, memory / "published", home, redirecting=free_port())
    server = _start(environment, home / "run.log")
    try:
        wait_until_started(server, home / "run.log")
        with shipped(place, folder / "nginx") as nginx:
            yield Served(place, environment, memory, server, nginx)
    finally:
        server.terminate()
        server.wait(ENDS_WITHIN)
        shutil.rmtree(memory, ignore_errors=True)


def _start(environment: dict[str, str], log: Path) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "manage.py", "serve", "--without-worker"]
    umask = os.umask(0o077)  # as the service has it
    try:
        with log.open("wb") as output:
            return subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=output, stderr=output, start_new_session=True
            )
    finally:
        os.umask(umask)


def shared_memory(environment: Mapping[str, str]) -> Path:
    """settings.SHARED_MEMORY_DIR of a site with this environment."""
    asked = [sys.executable, "-c", MEMORY]
    told = subprocess.run(asked, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    return Path(told.stdout.strip())
