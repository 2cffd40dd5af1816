"""What a transport takes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class Envelope:
    """One message for one recipient; `body` is the whole of it, headers included, ASCII with CRLF."""

    sender: str
    to: str
    message_id: str
    at: datetime
    body: bytes


class Transport(Protocol):
    def send(self, envelope: Envelope) -> str:
        """The code of the acceptance ("250 2.0.0"). Raises errors.NotSent."""

    def close(self) -> None: ...
