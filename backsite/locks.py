"""Locks on files of the home: who uses it, and who tidies it. The system lets go of them when a process dies."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

IN_USE = "in-use.lock"
HOUSEKEEPER = "housekeeper.lock"


class InUse(Exception):
    """Another process holds the lock."""


@contextlib.contextmanager
def shared(path: Path) -> Iterator[None]:
    """Held by everybody who uses the home. Raises InUse while somebody has it alone."""
    with _held(path, fcntl.LOCK_SH):
        yield


@contextlib.contextmanager
def alone(path: Path) -> Iterator[None]:
    """Held by one, with nobody beside. Raises InUse at once when there is."""
    with _held(path, fcntl.LOCK_EX):
        yield


@contextlib.contextmanager
def _held(path: Path, kind: int) -> Iterator[None]:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise InUse(path.name) from None
    try:
        yield
    finally:
        os.close(handle)
