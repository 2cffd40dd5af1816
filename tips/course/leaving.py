"""The word in every lesson that lets its reader leave: no database knows it, and it never expires.

It is base64url of: 1 byte version of the key, 16 bytes HMAC-SHA256, the enrolment's number in as few bytes as it needs.
Short on purpose: the address with it should stay within 58 characters, or mail programs meet a folded header.
"""

import base64
import binascii
import hashlib
import hmac
from pathlib import Path

from django.conf import settings

from tips.keys import sealing

MAC_BYTES = 16
LONGEST = 40  # characters


def word(enrolment: int) -> str:
    version = sealing.newest_version("unsubscribe")
    number = enrolment.to_bytes((enrolment.bit_length() + 7) // 8, "big")
    return base64.urlsafe_b64encode(bytes([version]) + _mac(version, number) + number).rstrip(b"=").decode()


def enrolment(word: str) -> int | None:
    """The enrolment's number; None for a word that we never gave."""
    try:
        blob = base64.b64decode(word.encode("ascii") + b"=" * (-len(word) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError):
        return None
    if len(word) > LONGEST or len(blob) <= 1 + MAC_BYTES:
        return None
    version, mac, number = blob[0], blob[1 : 1 + MAC_BYTES], blob[1 + MAC_BYTES :]
    if not _has_key(version) or not hmac.compare_digest(mac, _mac(version, number)):
        return None
    return int.from_bytes(number, "big")


def _mac(version: int, number: bytes) -> bytes:
    key = sealing.key("unsubscribe", version)
    return hmac.new(key, b"leave the course\0" + number, hashlib.sha256).digest()[:MAC_BYTES]


def _has_key(version: int) -> bool:
    """A made-up version must not make a key file."""
    return (Path(settings.KEYS_DIR) / f"unsubscribe.{version}").exists()
