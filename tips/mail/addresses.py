"""Addresses: as a relay takes them, and as a digest that can only be recognised."""

import functools
import re
from email.utils import parseaddr

from django.conf import settings
from email_validator import EmailNotValidError, validate_email

from tips.keys import sealing
from tips.mail.errors import Poison


def digest(address: str) -> str:
    return sealing.digest("mail", address.strip().casefold())


PLAIN = re.compile(r"[A-Za-z0-9]+([._+-][A-Za-z0-9]+)*")  # what most people have before their @
MOST_LOCAL, MOST = 64, 254  # RFC 5321, 4.5.3.1


@functools.lru_cache(maxsize=16)  # the sender's, and the one at hand
def deliverable(address: str) -> str:
    """In ASCII, an international domain as Punycode. Raises Poison where that cannot be."""
    local, _, domain = address.rpartition("@")
    if PLAIN.fullmatch(local) and len(local) <= MOST_LOCAL and len(address) <= MOST:
        return f"{local}@{_domain(domain)}"
    return _checked(address)


@functools.lru_cache(maxsize=256)  # few people have a mail server of their own, and the look at one takes its time
def _domain(domain: str) -> str:
    return _checked(f"a@{domain}").rpartition("@")[2]


def _checked(address: str) -> str:
    try:
        found = validate_email(
            address, check_deliverability=False, globally_deliverable=False, allow_smtputf8=False, strict=True
        )
    except EmailNotValidError:
        raise Poison("address") from None
    return found.ascii_email or ""


def sender() -> str:
    """The site's own address, which every letter comes from."""
    return _bare(settings.DEFAULT_FROM_EMAIL)


@functools.lru_cache(maxsize=4)
def _bare(sender: str) -> str:
    return parseaddr(sender)[1]
