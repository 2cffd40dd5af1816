"""Seal what must not be readable in the database alone, and digest what must only be recognised.

A purpose is one of `PURPOSES`. Its keys are `$BACKSITE_HOME/keys/<purpose>.<version>`; the highest version seals,
every version still there opens. A blob is: 1 byte version, 12 bytes nonce, AES-256-GCM ciphertext with the purpose
as associated data (NIST SP 800-38D), followed by what the blob is sealed to: it opens for nothing else.
"""

import contextlib
import functools
import hashlib
import hmac
import os
import secrets
import time
from pathlib import Path
from typing import Literal, get_args

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from tips.keys import files

Purpose = Literal["pepper", "addresses", "outbox", "unsubscribe", "receipts", "drafts", "photos", "findings"]
PURPOSES: tuple[str, ...] = get_args(Purpose)
NONCE_BYTES = 12
SETTLED = 2_000_000_000  # nanoseconds


class Unreadable(Exception):
    """The blob was not sealed for this purpose, was changed, or its key is gone."""


def newest_version(purpose: Purpose) -> int:
    """The version that seals from now on; 1 where no key was ever made."""
    with contextlib.suppress(FileNotFoundError):
        folder = str(settings.KEYS_DIR)
        changed = os.stat(folder).st_mtime_ns  # noqa: PTH116 - for every mail thrice
        # A folder that changed just now may change again within the same tick of its clock.
        read = _newest if time.time_ns() - changed > SETTLED else _newest.__wrapped__
        return read(folder, changed).get(purpose, 1)
    return 1


@functools.lru_cache(maxsize=8)
def _newest(folder: str, _changed: int) -> dict[str, int]:
    versions: dict[str, int] = {}
    for name in os.listdir(folder):  # noqa: PTH208
        start, _, end = name.rpartition(".")
        if end.isdigit():
            versions[start] = max(int(end), versions.get(start, 0))
    return versions


@functools.lru_cache(maxsize=64)
def _key(folder: str, purpose: Purpose, version: int) -> bytes:
    return files.read_or_make(Path(folder), f"{purpose}.{version}")


@functools.lru_cache(maxsize=64)
def _cipher(secret: bytes) -> AESGCM:
    return AESGCM(secret)


def key(purpose: Purpose, version: int) -> bytes:
    return _key(str(settings.KEYS_DIR), purpose, version)


def seal(purpose: Purpose, plain: bytes, *, to: bytes = b"") -> bytes:
    version = newest_version(purpose)
    nonce = secrets.token_bytes(NONCE_BYTES)
    return bytes([version]) + nonce + _cipher(key(purpose, version)).encrypt(nonce, plain, purpose.encode() + to)


def unseal(purpose: Purpose, blob: bytes, *, to: bytes = b"") -> bytes:
    """Raises Unreadable, whatever the cause."""
    version, nonce, body = blob[0] if blob else 0, blob[1 : 1 + NONCE_BYTES], blob[1 + NONCE_BYTES :]
    if not os.path.exists(f"{settings.KEYS_DIR}/{purpose}.{version}"):  # noqa: PTH110 - a path object takes longer
        raise Unreadable(purpose)
    try:
        return _cipher(key(purpose, version)).decrypt(nonce, body, purpose.encode() + to)
    except (InvalidTag, ValueError) as error:
        raise Unreadable(purpose) from error


def seal_with(secret: bytes, plain: bytes) -> bytes:
    """Seal under a key derived from `secret`, which the database does not hold (a cookie, say)."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(hashlib.sha256(secret).digest()).encrypt(nonce, plain, None)


def unseal_with(secret: bytes, blob: bytes) -> bytes:
    try:
        return AESGCM(hashlib.sha256(secret).digest()).decrypt(blob[:NONCE_BYTES], blob[NONCE_BYTES:], None)
    except (InvalidTag, ValueError) as error:
        raise Unreadable("secret") from error


def digest(domain: str, text: str) -> str:
    """64 hex digits that stand for `text`, useless without the pepper (HMAC-SHA256); `domain` keeps uses apart."""
    return hmac.digest(key("pepper", 1), f"{domain}\0{text}".encode(), "sha256").hex()
