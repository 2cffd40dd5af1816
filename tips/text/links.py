"""Which addresses a link may carry. Stricter than browsers: what they would repair is refused."""

import re
import unicodedata
from urllib.parse import urlsplit

LONGEST = 2_000  # characters
_HOST = re.compile(r"(?:[\w-]+\.)+[^\W\d_][\w-]*\.?")
_LOCAL = re.compile(r"#[\w.~%-]+|/(?!/)[\w./~?&=+,;:@!$()*'%-]*(?:#[\w.~%-]*)?", re.ASCII)
_CONTACT = re.compile(r"mailto:[\w.+-]+@[\w.-]+|tel:\+?[0-9().-]+", re.ASCII)


def is_web(address: str) -> bool:
    """An absolute http or https address that every parser reads alike.

    Refused: userinfo, backslashes, any space, control, format or unassigned character, hosts in compatibility forms or
    percent-encoding, numeric hosts, missing slashes. Source: the URL standard of WHATWG, where browsers strip and
    repair all of these.
    """
    if len(address) > LONGEST or "\\" in address or any(unicodedata.category(char)[0] in "CZ" for char in address):
        return False
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return False
    host = parts.hostname or ""
    return (
        parts.scheme in {"http", "https"}
        and "@" not in parts.netloc
        and port != 0
        and unicodedata.is_normalized("NFKC", host)
        and _HOST.fullmatch(host) is not None
    )


def is_local(address: str) -> bool:
    """A path of this site beginning with one slash, or a fragment of the same page."""
    return len(address) <= LONGEST and _LOCAL.fullmatch(address) is not None


def is_contact(address: str) -> bool:
    """A plain mailto: or tel: address without headers or parameters."""
    return len(address) <= LONGEST and _CONTACT.fullmatch(address) is not None
