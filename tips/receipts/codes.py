"""The private code: 130 random bits in 26 letters and digits, of which only a digest is stored."""

import secrets

from tips.keys.sealing import digest

# Crockford's base 32: no I, L, O or U, so that a code can be read out or copied by hand.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 26
_LOOKALIKES = str.maketrans({"I": "1", "L": "1", "O": "0"})


def mint() -> str:
    return "".join([ALPHABET[byte % len(ALPHABET)] for byte in secrets.token_bytes(LENGTH)])  # 256 is eight times 32


def normal(typed: str) -> str:
    """What was meant by what was typed: upper case, without spaces and hyphens. Empty when it cannot be a code."""
    text = "".join(character for character in typed.upper() if character.isalnum()).translate(_LOOKALIKES)
    return text if len(text) == LENGTH and set(text) <= set(ALPHABET) else ""


def grouped(code: str) -> str:
    """For reading: groups of four or five with hyphens."""
    return "-".join((code[:5], code[5:9], code[9:13], code[13:17], code[17:21], code[21:]))


def code_digest(code: str) -> str:
    return digest("private-code", code)
