"""Proof of work over a form's own token: a tax on programs that send by the thousand, never a wall.

A browser with JavaScript looks for a number whose PBKDF2 with the token begins with `BITS` zero bits. The token is
signed and taken once (`acknowledgements`), so what was found for it is good for one sending only (docs/adr/0040).
"""

import hashlib
import re

ITERATIONS = 2000  # of one try: about a millisecond, in the browser's own code
BITS = 6  # 64 tries in the middle; the same two figures stand in form.js
_NUMBER = re.compile(r"[0-9]{1,6}")


def is_proven(token: str, number: str) -> bool:
    """Whether this number was found for this token. One try's work, whatever was sent."""
    return _NUMBER.fullmatch(number) is not None and _is_found(token, number)


def find(token: str) -> str:
    """As form.js does it; for tests and measurements."""
    return next(number for number in map(str, range(1_000_000)) if _is_found(token, number))


def _is_found(token: str, number: str) -> bool:
    block = hashlib.pbkdf2_hmac("sha256", token.encode(), number.encode(), ITERATIONS, 4)
    return int.from_bytes(block) >> (32 - BITS) == 0
