"""What the page cache may keep (docs/adr/0036): which addresses and parameters, under which hosts, whose answers."""

import re
from collections.abc import Iterable
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.conf import settings

Headers = list[tuple[str, str]]

# The addresses that may be kept, and the parameters that they know. Others never reach the view of such an address.
KNOWN: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = tuple(
    (re.compile(pattern), frozenset(names.split()))
    for pattern, names in (
        (r"/(glossary/|warning-signs/|(about|privacy|accessibility|house-rules)/)?", ""),
        (r"/articles/", "page"),
        (r"/articles/[\w-]+/", "from"),
        (r"/exercises/", "area"),
        (r"/exercises/(?!print/)[\w-]+/", "from"),
        (r"/pages/", "kind area about before"),
        (r"/pages/[\w-]+/", "from"),
        (r"/feeds/[\w]+\.atom", "kind area about"),
        (r"/(articles|exercises|pages)/[\w-]+/comments\.atom", ""),
        (r"/sitemap(-\d+)?\.xml", ""),
        (r"/(robots\.txt|manifest\.webmanifest)", ""),
    )
)


def hosts() -> frozenset[str]:
    """The names under which this site is asked for, as browsers send them."""
    own = urlsplit(settings.SITE_URL).netloc
    port = own.rpartition(":")[2]
    local = [f"{name}:{port}" for name in settings.ALLOWED_HOSTS] if settings.SITE_IS_LOCAL else []
    return frozenset([own, *local])


def parameters(path: str) -> frozenset[str] | None:
    """What this address knows; None where nothing may be kept."""
    return next((known for pattern, known in KNOWN if pattern.fullmatch(path)), None)


def canonical(query: str, known: frozenset[str]) -> str:
    """The first of each known parameter, in one order; values as they are."""
    said: dict[str, str] = {}
    for name, value in parse_qsl(query, max_num_fields=None):
        if name in known:
            said.setdefault(name, value)
    return urlencode(sorted(said.items()))


def packing(accepted: str, packings: Iterable[str]) -> str:
    """The first of `packings` that a browser takes, or "" for bytes as they are (RFC 9110, 12.5.3)."""
    offers = {}
    for offer in accepted.lower().split(","):
        name, _, quality = offer.strip().partition(";")
        offers[name.strip()] = not re.fullmatch(r"\s*q=0(\.0*)?\s*", quality)
    return next((name for name in packings if offers.get(name)), "")


def for_everybody(headers: Headers) -> bool:
    """No cookie is set, none was looked at, and nobody asked not to keep it."""
    for name, value in headers:
        said = value.lower()
        if name.lower() == "set-cookie" or (name.lower() == "vary" and ("cookie" in said or "*" in said)):
            return False
        if name.lower() == "cache-control" and ("private" in said or "no-store" in said):
            return False
    return True
