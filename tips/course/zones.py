"""Time zones that a browser may name."""

from functools import lru_cache
from zoneinfo import available_timezones


@lru_cache(maxsize=1)
def names() -> frozenset[str]:
    return frozenset(available_timezones())


def known(name: str) -> str:
    """`name`, or nothing for what is none."""
    return name if name in names() else ""
