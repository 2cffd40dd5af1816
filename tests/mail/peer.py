"""A mail server on loopback that notes every message and answers as it is told."""

import asyncio
import socket
import ssl
import threading
from collections import defaultdict
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

HANG = 60  # seconds after which a wait counts as a hang


@dataclass(frozen=True)
class Mail:
    to: str
    content: bytes

    @property
    def message(self) -> Message:
        return message_from_bytes(self.content)

    @property
    def message_id(self) -> str:
        return self.message["Message-ID"]


class Peer:
    """`answers["rcpt" or "data"][address]` are replies to give, one each time; DROP breaks the connection instead."""

    DROP = "drop"

    def __init__(self, port: int, **options: Any) -> None:
        self.port = port
        self.mails: list[Mail] = []
        self.connections = 0
        self.answers: dict[str, dict[str, list[str]]] = {"rcpt": defaultdict(list), "data": defaultdict(list)}
        self.hold_verdicts = threading.Event()
        self._changed = threading.Condition()
        self._controller = Controller(self, hostname="127.0.0.1", port=port, **options)

    async def handle_EHLO(  # noqa: N802
        self, _server: SMTP, session: Session, _envelope: Envelope, name: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = name
        return responses

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.answers["rcpt"][address]:
            return self.answers["rcpt"][address].pop(0)
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 fine"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        address = envelope.rcpt_tos[0]
        answer = self.answers["data"][address].pop(0) if self.answers["data"][address] else "250 2.0.0 taken"
        if answer.startswith("2") or answer == self.DROP:
            self._note(Mail(address, envelope.original_content or b""))
        while self.hold_verdicts.is_set():
            await asyncio.sleep(0.005)
        if answer == self.DROP:
            cast(asyncio.Transport, server.transport).abort()
        return answer

    def _note(self, mail: Mail) -> None:
        with self._changed:
            self.mails.append(mail)
            self._changed.notify_all()

    def wait_for(self, count: int) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.mails) >= count, HANG), f"only {len(self.mails)} mails came"

    def start(self) -> None:
        self._controller.start()

    def stop(self) -> None:
        self.hold_verdicts.clear()
        self._controller.stop()


def refuse_login(*_anything: object) -> AuthResult:
    return AuthResult(success=False, handled=False)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class RawServer:
    """Says the given bytes, one each time the client has said a line, and then hangs up."""

    def __init__(self, *says: bytes) -> None:
        self._says = says
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> "RawServer":
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._listening.close()
        self._thread.join(HANG)

    def _serve(self) -> None:
        connection, _ = self._listening.accept()
        with connection, connection.makefile("rb") as lines:
            for number, words in enumerate(self._says):
                if number:
                    lines.readline()
                connection.sendall(words)


def tls_context(certificate: str, key: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context
