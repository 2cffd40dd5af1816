"""A name for today that stands for a connection, so that limits can count without keeping any address.

The key is 32 random bytes in shared memory, made anew each day and never on disk; yesterday's names mean nothing today.
IPv4 connections are told apart by their first 24 bits, IPv6 by the first 56, which is what one household gets.
"""

import contextlib
import hmac
import ipaddress
import os
import secrets
from datetime import date
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

KEYS = "pseudonyms-"


def pseudonym(request: HttpRequest) -> str:
    """24 hex digits, the same for one household for one day (of the site's time zone)."""
    network = _network(_client_address(request))
    return hmac.digest(_todays_key(timezone.localdate()), network, "sha256").hex()[:24]


def _client_address(request: HttpRequest) -> str:
    """What the last trusted proxy saw; without proxies, the peer. The first X-Forwarded-For is anybody's claim."""
    if settings.TRUSTED_PROXIES:
        hops = [hop.strip() for hop in str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",") if hop.strip()]
        if len(hops) >= settings.TRUSTED_PROXIES:
            return str(hops[-settings.TRUSTED_PROXIES])
    return str(request.META.get("REMOTE_ADDR", ""))


def _network(address: str) -> bytes:
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return b"unknown"
    if isinstance(ip, ipaddress.IPv6Address):
        ip = ip.ipv4_mapped or ip  # how a server that listens on both sees every IPv4 visitor
    household = 24 // 8 if ip.version == 4 else 56 // 8
    return ip.packed[:household].ljust(len(ip.packed), b"\0")


def _todays_key(today: date) -> bytes:
    name = f"{KEYS}{today.isoformat()}"
    # For everything that anybody sends: a path object takes longer than the file.
    with contextlib.suppress(FileNotFoundError), open(f"{settings.SHARED_MEMORY_DIR}/{name}", "rb", buffering=0) as key:  # noqa: PTH123
        return key.read()
    return _new_key(_folder() / name, today)


def _new_key(path: Path, today: date) -> bytes:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    forget_old_keys(today)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(secrets.token_bytes(32))
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink(missing_ok=True)
    return path.read_bytes()


def forget_old_keys(today: date) -> None:
    """From here on nobody can say whom a name of an earlier day stood for. Called with every new key, and hourly."""
    for old in _folder().glob(f"{KEYS}*"):
        if old.name < f"{KEYS}{today.isoformat()}":
            old.unlink(missing_ok=True)


def _folder() -> Path:
    return Path(settings.SHARED_MEMORY_DIR)
