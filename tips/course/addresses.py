"""Addresses of learners: sealed for writing to, and a digest for finding the row again."""

from tips.keys import sealing


def digest(email: str) -> str:
    return sealing.digest("address", email.strip().casefold())


def seal(email: str) -> bytes:
    return sealing.seal("addresses", email.encode())


def unseal(sealed: bytes | memoryview) -> str:
    """Raises sealing.Unreadable, also for an address that was forgotten."""
    return sealing.unseal("addresses", bytes(sealed)).decode()
