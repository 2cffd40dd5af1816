"""Words for links that may do one thing to one row: no database knows them, and they never expire.

A word is base64url of: 1 byte version of the key, 16 bytes HMAC-SHA256 over what it is for and the row's number, and
that number in as few bytes as it needs. Short on purpose: mail programs fold long headers.
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


def word(what_for: str, number: int) -> str:
    version = sealing.newest_version("unsubscribe")
    digits = number.to_bytes((number.bit_length() + 7) // 8, "big")
    blob = bytes([version]) + _mac(version, what_for, digits) + digits
    return base64.urlsafe_b64encode(blob).rstrip(b"=").decode()


def number(what_for: str, word: str) -> int | None:
    """The row's number; None for a word that we never gave for this."""
    try:
        blob = base64.b64decode(word.encode("ascii") + b"=" * (-len(word) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError):
        return None
    if len(word) > LONGEST or len(blob) <= 1 + MAC_BYTES:
        return None
    version, mac, digits = blob[0], blob[1 : 1 + MAC_BYTES], blob[1 + MAC_BYTES :]
    if not _has_key(version) or not hmac.compare_digest(mac, _mac(version, what_for, digits)):
        return None
    return int.from_bytes(digits, "big")


def _mac(version: int, what_for: str, digits: bytes) -> bytes:
    key = sealing.key("unsubscribe", version)
    return hmac.new(key, what_for.encode() + b"\0" + digits, hashlib.sha256).digest()[:MAC_BYTES]


def _has_key(version: int) -> bool:
    """A made-up version must not make a key file."""
    return (Path(settings.KEYS_DIR) / f"unsubscribe.{version}").exists()
