"""The word in every lesson and letter that lets its reader leave: no database knows it, and it never expires.

It is base64url of: 1 byte version of the key, 16 bytes HMAC-SHA256, the enrolment's number in as few bytes as it needs.
Short on purpose: the address with it should stay within 58 characters, or mail programs meet a folded header.
"""

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from tips.keys import sealing

MAC_BYTES = 16
LONGEST = 40  # characters
COURSE, LETTERS = "course", "letters"


@dataclass(frozen=True)
class Way:
    enrolment: int
    what: str  # COURSE or LETTERS


def word(enrolment: int, what: str = COURSE) -> str:
    version = sealing.newest_version("unsubscribe")
    number = enrolment.to_bytes((enrolment.bit_length() + 7) // 8, "big")
    return base64.urlsafe_b64encode(bytes([version]) + _mac(version, what, number) + number).rstrip(b"=").decode()


def read(word: str) -> Way | None:
    """Whose it is and what it stops; None for a word that we never gave."""
    try:
        blob = base64.b64decode(word.encode("ascii") + b"=" * (-len(word) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError):
        return None
    if len(word) > LONGEST or len(blob) <= 1 + MAC_BYTES or not _has_key(blob[0]):
        return None
    version, mac, number = blob[0], blob[1 : 1 + MAC_BYTES], blob[1 + MAC_BYTES :]
    for what in (COURSE, LETTERS):
        if hmac.compare_digest(mac, _mac(version, what, number)):
            return Way(int.from_bytes(number, "big"), what)
    return None


def _mac(version: int, what: str, number: bytes) -> bytes:
    key = sealing.key("unsubscribe", version)
    return hmac.new(key, f"leave the {what}\0".encode() + number, hashlib.sha256).digest()[:MAC_BYTES]


def _has_key(version: int) -> bool:
    """A made-up version must not make a key file."""
    return (Path(settings.KEYS_DIR) / f"unsubscribe.{version}").exists()
