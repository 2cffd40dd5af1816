"""What is measured and what it is measured against: the site, an empty Django view, nginx with ready bytes."""

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from backsite.processes import web_command
from bench.speed.processes import SERVER_CORE, Family, get, running

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "test-results" / "bench"  # made-up sites, made once
COMMENTS, SEED = 5, 1
WORKERS = 2
MANAGE = (sys.executable, str(ROOT / "manage.py"))
NGINX = """
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; gzip_static on; etag on;
  types {{ text/html html; }}
  {temporary}
  server {{ listen 127.0.0.1:{port}; root {folder}/root; index index.html; }}
}}
"""
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


class Missing(Exception):
    """A program that a measurement needs; the text says where to get it."""


@dataclass(frozen=True)
class Target:
    """`behind`: what works for it as well. `host`: the name that it answers to."""

    server: Family
    port: int
    behind: tuple[Family, ...] = ()
    host: str = "127.0.0.1"

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def cpu(self) -> float:
        return self.server.cpu() + sum(each.cpu() for each in self.behind)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(home: Path, port: int) -> dict[str, str]:
    return {
        "BACKSITE_HOME": str(home),
        "PORT": str(port),
        "HOST": "127.0.0.1",
        "SITE_URL": f"http://127.0.0.1:{port}",
        "DATABASE_URL": f"sqlite:///{home / 'backsite.sqlite3'}",
        "FORM_MIN_SECONDS": "0",
        "FORM_LIMITS": "share=1000000/1,comment=1000000/1,draft=1000000/1",
        "STAFF_MFA": "0",
        "DJANGO_SETTINGS_MODULE": "backsite.settings",
    }


def made_site(pages: int, comments: int = COMMENTS, *, like: tuple[int, int] | None = None) -> Path:
    """A home with so many made-up pages; made once, then brought up to date. `like`: one that is made to begin with."""
    home = KEPT / f"{pages}-{comments}"
    if like and not home.exists():
        shutil.copytree(KEPT / f"{like[0]}-{like[1]}", home)
    home.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "bench.speed.making", str(pages), str(comments), str(SEED)]
    subprocess.run(command, env={**os.environ, **environment(home, 8000)}, check=True, cwd=ROOT)
    return home


def made_pages(home: Path) -> dict[str, list[str]]:
    """Addresses of made-up articles and visitors' pages, in the order of their making."""
    asked = "SELECT kind, slug FROM pages_page WHERE loaded_digest LIKE 'make_load%' ORDER BY sequence LIMIT 2000"
    with closing(sqlite3.connect(home / "backsite.sqlite3")) as database:
        rows = database.execute(asked).fetchall()
    return {
        "article": [f"/articles/{slug}/" for kind, slug in rows if kind == "article"],
        "visitors": [f"/pages/{slug}/" for kind, slug in rows if kind != "article"],
    }


def most_answered(home: Path) -> str:
    """The address of the made-up article with the most replies."""
    asked = "SELECT slug FROM pages_page WHERE loaded_digest LIKE 'make_load%' AND kind = 'article'"
    with closing(sqlite3.connect(home / "backsite.sqlite3")) as database:
        (slug,) = database.execute(f"{asked} ORDER BY comment_count DESC LIMIT 1").fetchone()
    return f"/articles/{slug}/"


@contextmanager
def copied(home: Path) -> Iterator[Path]:
    """To be written on, and thrown away."""
    folder = Path(tempfile.mkdtemp(prefix="backsite-speed-"))
    try:
        yield Path(shutil.copytree(home, folder / "home"))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def site(home: Path, *, core: int | None = SERVER_CORE, settings: Mapping[str, str] | None = None) -> Iterator[Target]:
    """The web server as `serve` starts it, without the worker."""
    port = free_port()
    command = web_command(host="127.0.0.1", port=port, workers=WORKERS)
    os.chdir(ROOT)
    with running(
        command, port, environment={**environment(home, port), **(settings or {})}, core=core, path="/healthz"
    ) as server:
        warm(port)
        yield Target(server, port)


def warm(port: int) -> None:
    """Both workers have answered, and know their templates."""
    for _ in range(20):
        for path in ("/", "/articles/psoas/", "/search/?q=psoas"):
            get(port, path)


@contextmanager
def empty_view(*, core: int | None = SERVER_CORE) -> Iterator[Target]:
    """Django with its usual middleware and a view that says hello, under the same server."""
    port = free_port()
    command = [*web_command(host="127.0.0.1", port=port, workers=WORKERS)[:-1], "bench.speed.empty:application"]
    with running(command, port, core=core) as server:
        yield Target(server, port)


@contextmanager
def nginx(answers: Mapping[str, tuple[bytes, bytes]], *, core: int | None = SERVER_CORE) -> Iterator[Target]:
    """Ready bytes by path, plain and gzipped, as `gzip_static` hands them over."""
    program = nginx_program()
    port, folder = free_port(), Path(tempfile.mkdtemp(prefix="backsite-nginx-"))
    for path, (plain, packed) in answers.items():
        place = folder / "root" / path.strip("/")
        place.mkdir(parents=True, exist_ok=True)
        (place / "index.html").write_bytes(plain)
        (place / "index.html.gz").write_bytes(packed)
    for each in [folder, *folder.rglob("*")]:
        each.chmod(0o755 if each.is_dir() else 0o644)  # nginx reads as another user
    temporary = " ".join(f"{name}_temp_path {folder}/{name};" for name in TEMPORARY)
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=port, temporary=temporary))
    command = [program, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]
    try:
        with running(command, port, core=core, path=next(iter(answers))) as server:
            yield Target(server, port)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def nginx_program() -> str:
    program = os.environ.get("BACKSITE_NGINX") or shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        raise Missing("nginx is missing. Debian: apt-get install nginx")
    return program


@contextmanager
def beside_references(home: Path, paths: tuple[str, ...]) -> Iterator[dict[str, Target]]:
    """The site, nginx with the same bytes of these pages, and the empty view."""
    with ExitStack() as stack:
        own = stack.enter_context(site(home))
        same = {path: (get(own.port, path)[1], packed(own.port, path)) for path in paths}
        yield {
            "site": own,
            "nginx": stack.enter_context(nginx(same)),
            "empty": stack.enter_context(empty_view()),
        }


def packed(port: int, path: str) -> bytes:
    status, body, headers = get(port, path, {"Accept-Encoding": "gzip"})
    if status != 200 or headers.get("content-encoding") != "gzip":
        raise SystemExit(f"{path} answered {status}, {headers.get('content-encoding') or 'not packed'}")
    return body
