"""Where mail goes: to files, or to the server of EMAIL_URL."""

import os
from datetime import UTC
from pathlib import Path

from django.conf import settings

from tips.mail.envelope import Envelope, Transport
from tips.mail.errors import LockedOut
from tips.mail.smtp import Server, SmtpTransport

__all__ = ["Envelope", "FileTransport", "SmtpTransport", "Transport", "from_settings"]


def from_settings() -> Transport:
    """Raises ValueError where EMAIL_URL names no server."""
    if not settings.EMAIL_URL:
        return FileTransport(Path(settings.MAIL_FOLDER))
    hello = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip("> ")
    return SmtpTransport(Server.from_url(settings.EMAIL_URL), hello=hello)


class FileTransport:
    """One .eml file a mail, whole or not there; names sort by time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def send(self, envelope: Envelope) -> str:
        name = f"{envelope.at.astimezone(UTC):%Y%m%dT%H%M%S.%fZ}-{envelope.message_id.strip('<>').partition('@')[0]}"
        try:
            self._write(envelope.body, name)
        except OSError as error:
            raise LockedOut(f"file {error.errno}") from error
        return "file"

    def close(self) -> None:
        pass

    def _write(self, body: bytes, name: str) -> None:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = self.folder / f".{name}.part"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        draft.rename(self.folder / f"{name}.eml")
        _sync_folder(self.folder)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
