"""Visitors who send as slowly as they can, and one who only wants to read."""

import socket
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from tests.deploy.asking import connected

HEAD = "POST /share/ HTTP/1.1\r\nHost: localhost:{port}\r\nContent-Length: 100000\r\n\r\n"
PATIENCE = 10.0  # seconds of the one who reads


def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    """Takes in all of a request, as the site does, and answers at once."""
    environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "2")])
    return [b"ok"]


@dataclass
class Slow:
    """`each` connections that never end their headers, and as many that never end a body; a byte more now and then."""

    port: int
    each: int
    households: int = 250
    lines: list[tuple[socket.socket, str]] = field(default_factory=list)
    opened: int = 0

    def __enter__(self) -> "Slow":
        for _ in range(self.each):
            self._open("header")
            self._open("body")
        return self

    def _open(self, kind: str) -> None:
        line = connected(self.port, f"127.9.{self.opened % self.households + 1}.9")
        line.sendall((HEAD.format(port=self.port) if kind == "body" else "GET / HTTP/1.1\r\nHost: a\r\nX-A: ").encode())
        self.lines.append((line, kind))
        self.opened += 1

    def drip(self) -> None:
        """A byte from each. Who was shown the door comes back."""
        lines, self.lines = self.lines, []
        for line, kind in lines:
            try:
                line.sendall(b"x")
                self.lines.append((line, kind))
            except OSError:
                line.close()
                with suppress(OSError):
                    self._open(kind)

    def drip_until(self, over: threading.Event, every: float) -> None:
        while not over.wait(every):
            self.drip()

    def __exit__(self, *_: object) -> None:
        for line, _kind in self.lines:
            line.close()


def reads(port: int) -> bool:
    """Whether somebody else gets a page that the application has to make."""
    with suppress(OSError), connected(port, "127.8.8.8") as line:
        line.settimeout(PATIENCE)
        line.sendall(f"GET /search/ HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n".encode())
        return line.recv(100).startswith(b"HTTP/1.1 200")
    return False
