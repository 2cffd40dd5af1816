"""Searches take turns (freshness/turns.py), so that readers find a processor and an interpreter that are free.

Two at once in one process are no quicker than one after the other, and whoever reads waits for both.
"""

import contextlib
import os
import threading
import time
from collections.abc import Iterator

from tips.freshness.turns import wait_for

PATIENCE = 0.1  # seconds; nobody is refused: after that a search no longer waits for its turn
LOOK = 0.002
_here = threading.Lock()


@contextlib.contextmanager
def turn() -> Iterator[None]:
    limit = time.monotonic() + PATIENCE
    mine = _here.acquire(timeout=PATIENCE)
    handle = _wait(limit) if mine else None
    try:
        yield
    finally:
        if handle is not None:
            os.close(handle)
        if mine:
            _here.release()


def _wait(limit: float) -> int | None:
    """None when it was for too long, or where there is no room for a slot."""
    with contextlib.suppress(OSError):
        return wait_for("search-slot", limit=limit, look=LOOK)
    return None
