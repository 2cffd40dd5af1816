"""A client that sends exactly what it is told, from whichever loopback address, and an application that counts."""

import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPResponse
from typing import Any

from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler

Application = Callable[..., Iterable[bytes]]
PATIENCE = 20.0  # seconds
OF_THE_MOMENT = {"date", "server", "connection", "keep-alive"}


@dataclass(frozen=True)
class Answer:
    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str:
        return ", ".join(value for each, value in self.headers if each.lower() == name.lower())

    @property
    def lasting(self) -> list[tuple[str, str]]:
        """What it says but for what every answer says anew."""
        return sorted((name.lower(), value) for name, value in self.headers if name.lower() not in OF_THE_MOMENT)


def ask(
    port: int,
    path: str = "/",
    *,
    method: str = "GET",
    host: str = "",
    headers: Iterable[str] = (),
    body: bytes = b"",
    source: str = "127.0.0.1",
) -> Answer:
    """`headers` as whole lines. `host`: another one than the site's."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host or f'localhost:{port}'}", "Connection: close", *headers]
    lines += [f"Content-Length: {len(body)}"] if body else []
    return send(port, "\r\n".join([*lines, "", ""]).encode("latin-1") + body, method=method, source=source)


def send(port: int, raw: bytes, *, method: str = "GET", source: str = "127.0.0.1") -> Answer:
    """What comes back for these bytes; status 0 where the line is closed without a word."""
    with connected(port, source) as line:
        with suppress(BrokenPipeError, ConnectionResetError):  # it may be refused before it was read
            line.sendall(raw)
        response = HTTPResponse(line, method=method)
        try:
            response.begin()
        except (ConnectionResetError, OSError, ValueError):
            return Answer(0, [], b"")
        return Answer(response.status, response.getheaders(), response.read())


def connected(port: int, source: str = "127.0.0.1") -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), PATIENCE, source_address=(source, 0))


@dataclass
class Counting:
    """An application that remembers what it was asked."""

    really: Application
    asked: list[dict[str, Any]] = field(default_factory=list)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        self.asked.append(environ)
        return self.really(environ, start_response)


class Quiet(WSGIRequestHandler):
    disable_nagle_algorithm = True

    def log_message(self, *_args: object) -> None:
        pass


@contextmanager
def listening(application: Application) -> Iterator[int]:
    """The application on a port of its own, a thread for each connection, each with its own database connection."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
    server.set_app(application)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join(PATIENCE)
