"""Addresses: as a relay takes them, and as a digest that can only be recognised."""

import functools

from email_validator import EmailNotValidError, validate_email

from tips.keys import sealing
from tips.mail.errors import Poison


def digest(address: str) -> str:
    return sealing.digest("mail", address.strip().casefold())


@functools.lru_cache(maxsize=16)  # the sender's, and the one at hand
def deliverable(address: str) -> str:
    """In ASCII, an international domain as Punycode. Raises Poison where that cannot be."""
    try:
        found = validate_email(
            address, check_deliverability=False, globally_deliverable=False, allow_smtputf8=False, strict=True
        )
    except EmailNotValidError:
        raise Poison("address") from None
    return found.ascii_email or ""
