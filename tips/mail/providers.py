"""Reads the signed calls of mail providers, with django-anymail, which nobody loads unless EMAIL_WEBHOOK names one.

Only its reading is used, not its signals: a call is answered after what follows from it is committed.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.module_loading import import_string

from tips.mail.events import Event
from tips.mail.readers import READERS

KINDS = {
    "delivered": "delivered",
    "bounced": "bounced",
    "rejected": "bounced",
    "complained": "complained",
    "unsubscribed": "left",
}
HARD = {"bounced", "invalid"}
OURS = re.compile(r"<?([0-9a-f]{32}@[\w.-]+)>?")


class Reader(Protocol):
    def run_validators(self, request: HttpRequest) -> None: ...
    def parse_events(self, request: HttpRequest) -> list[Any]: ...


def reader() -> Reader:
    """Raises ImportError where django-anymail is not installed, KeyError for a provider that we do not read."""
    path, setting = READERS[settings.EMAIL_WEBHOOK]
    made: Reader = import_string(path)(**{setting: settings.EMAIL_WEBHOOK_SECRET})
    return made


def read(request: HttpRequest) -> list[Event]:
    """What the call tells. Raises SuspiciousOperation, an HTTP 400, where the signature is not the provider's."""
    made = reader()
    made.run_validators(request)
    return [_event(told) for told in made.parse_events(request) if told.event_type in KINDS]


def _event(told: Any) -> Event:
    """A provider that numbers its calls differently each time is recognised by what it says."""
    said = "\0".join(str(part) for part in (told.event_type, told.message_id, told.recipient, told.timestamp))
    return Event(
        external_id=f"{settings.EMAIL_WEBHOOK}\0{told.event_id or said}",
        kind=KINDS[told.event_type],
        at=told.timestamp or timezone.now(),
        recipient=told.recipient or "",
        message_ids=frozenset(f"<{found}>" for text in _texts(told.esp_event) for found in OURS.findall(text)),
        reply=told.mta_response or told.description or "",
        hard=told.reject_reason in HARD,
    )


def _texts(value: Any) -> Iterator[str]:
    """Every text in a provider's own words: each keeps our Message-ID in another place."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
