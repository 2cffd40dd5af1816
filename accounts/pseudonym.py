"""A name for today that stands for a connection, so that limits can count without keeping any address.

The key is 32 random bytes in shared memory, made anew each day and never on disk; yesterday's names mean nothing today.
IPv4 connections are told apart by their first 24 bits, IPv6 by the first 56, which is what one household gets.
"""

import contextlib
import hashlib
import hmac
import ipaddress
import os
import secrets
from datetime import date
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone


def pseudonym(request: HttpRequest) -> str:
    """24 hex digits, the same for one household for one day."""
    return hmac.new(_todays_key(timezone.localdate()), _network(_client_address(request)), hashlib.sha256).hexdigest()[
        :24
    ]


def _client_address(request: HttpRequest) -> str:
    """What the last trusted proxy saw; without proxies, the peer. The first X-Forwarded-For is anybody's claim."""
    if settings.TRUSTED_PROXIES:
        hops = [hop.strip() for hop in str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",") if hop.strip()]
        if len(hops) >= settings.TRUSTED_PROXIES:
            return hops[-settings.TRUSTED_PROXIES]
    return str(request.META.get("REMOTE_ADDR", ""))


def _network(address: str) -> bytes:
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return b"unknown"
    return ipaddress.ip_network((ip, 24 if ip.version == 4 else 56), strict=False).network_address.packed


def _todays_key(today: date) -> bytes:
    folder = Path(settings.SHARED_MEMORY_DIR)
    path = folder / f"pseudonyms-{today.isoformat()}"
    with contextlib.suppress(FileNotFoundError):
        return path.read_bytes()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for old in folder.glob("pseudonyms-*"):
        if old.name < path.name:
            old.unlink(missing_ok=True)
    draft = folder / f".{path.name}.{secrets.token_hex(4)}"
    draft.write_bytes(secrets.token_bytes(32))
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()
    return path.read_bytes()
