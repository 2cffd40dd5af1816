"""The shipped nginx on loopback, for tests and for measurements: deploy/nginx with other ports and folders.

with shipped(Place(port=8100, application=8000, published=…, home=…), folder) as nginx: …
"""

import contextlib
import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ROOT / "deploy" / "nginx"
STARTS_WITHIN = 20.0  # seconds
# What Debian's /etc/nginx/nginx.conf says, with logs as they are unless a server says otherwise.
AROUND = """
{user}
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 768; }}
http {{
    sendfile on;
    tcp_nopush on;
    types_hash_max_size 2048;
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    access_log {folder}/access.log;
    gzip on;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


@dataclass(frozen=True)
class Place:
    """Where everything is. `certificate` and `key`: files, for TLS on `port`; without them it is plain HTTP."""

    port: int
    application: int  # the port of the web server behind
    published: Path  # files.folder()
    home: Path  # holds static/ and media/
    redirecting: int = 0  # the port that leads to https
    certificate: Path | None = None
    key: Path | None = None
    rate: str = ""  # another one for all limits of requests, so that a test need not be quick to meet them

    @property
    def netloc(self) -> str:
        return f"localhost:{self.port}"


@dataclass(frozen=True)
class Nginx:
    process: "subprocess.Popen[bytes]"
    folder: Path

    def workers(self) -> list[int]:
        pid = self.process.pid
        return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def written(self) -> str:
        """Everything that it has written into logs."""
        return "".join(path.read_text() for path in self.folder.glob("*.log"))


@contextlib.contextmanager
def shipped(place: Place, folder: Path) -> Iterator[Nginx]:
    """`folder`, empty, belongs to it; best in memory, and a place that another user may enter."""
    shutil.copytree(SHIPPED / "backsite", folder / "backsite")
    for path in (folder / "backsite").glob("*.conf"):
        path.write_text(at(place, path.read_text(), folder))
    text = at(place, (SHIPPED / "backsite.conf").read_text(), folder)
    (folder / "arriving").mkdir()
    with _running(text, folder, place.port) as nginx:
        yield nginx


def at(place: Place, text: str, folder: Path) -> str:
    """A shipped file as an owner would adapt it, and for a loopback where others listen as well."""
    changes = {
        r"tips\\\.example  \(": f"{re.escape(place.netloc)}  (",
        r"server_name tips\.example": "server_name localhost",
        r"(default |https://)tips\.example": rf"\g<1>{place.netloc}",
        r"/etc/letsencrypt/live/tips\.example/fullchain\.pem": str(place.certificate),
        r"/etc/letsencrypt/live/tips\.example/privkey\.pem": str(place.key),
        r"server 127\.0\.0\.1:8000": f"server 127.0.0.1:{place.application}",
        r"/dev/shm/backsite-\w{12}/published": str(place.published),  # noqa: S108 - as it is written there
        r"/var/lib/backsite": str(place.home),
        r"/run/backsite": f"{folder}/arriving",
        r"/etc/nginx/backsite": f"{folder}/backsite",
        r"/var/log/nginx": str(folder),
        r" *listen \[::\].*\n": "",
        r"listen 443": f"listen 127.0.0.1:{place.port}",
        r"listen 80": f"listen 127.0.0.1:{place.redirecting or place.port + 1}",
    }
    if place.rate:
        changes |= {r"rate=\d+r/s": f"rate={place.rate}"}
    if not place.certificate:
        changes |= {r" *ssl_.*\n": "", r" ssl http2": ""}
    for old, new in changes.items():
        text = re.sub(old, new, text)
    return text


@contextlib.contextmanager
def _running(site: str, folder: Path, port: int) -> Iterator[Nginx]:
    user = "user www-data;" if os.geteuid() == 0 else ""
    (folder / "site.conf").write_text(site)
    (folder / "nginx.conf").write_text(AROUND.format(user=user, folder=folder))
    command = [binary(), "-c", str(folder / "nginx.conf"), "-p", str(folder), "-g", "daemon off;"]
    said = folder / "said"
    with said.open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output)
    try:
        _wait(process, port, said)
        yield Nginx(process, folder)
    finally:
        process.terminate()
        process.wait(STARTS_WITHIN)


def _wait(process: "subprocess.Popen[bytes]", port: int, said: Path) -> None:
    limit = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < limit:
        assert process.poll() is None, said.read_text()
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.02)
    raise AssertionError("nginx does not answer")


def binary() -> str:
    """The path of nginx; .ci/nginx says on stderr why there is none."""
    found = subprocess.run([ROOT / ".ci" / "nginx"], check=True, stdout=subprocess.PIPE, text=True)
    return found.stdout.strip()
