"""Pictures take turns (freshness/turns.py), and leave threads to readers."""

import contextlib
import os
import threading
import time
from collections.abc import Iterator

from tips.freshness.turns import wait_for

PATIENCE = 20.0  # seconds that a photo waits for its turn
LOOK = 0.05
# Threads of one web process that may wait with a photo. It has ten: those who are told to come back need one as well,
# for as long as their photo arrives, and readers must not queue behind them.
AT_ONCE_HERE = 6
_here = threading.BoundedSemaphore(AT_ONCE_HERE)


class NoSlot(Exception):
    """Too many photos at this moment."""


@contextlib.contextmanager
def slot(*, patience: float = PATIENCE) -> Iterator[int]:
    """The handle of a held lock: hand it to the child, so that the slot is taken as long as either lives.

    Raises NoSlot when every thread that may wait already does, or after `patience` seconds.
    """
    if not _here.acquire(blocking=False):
        raise NoSlot
    try:
        handle = _wait(time.monotonic() + patience)
        try:
            yield handle
        finally:
            os.close(handle)
    finally:
        _here.release()


def _wait(limit: float) -> int:
    handle = wait_for("photo-slot", limit=limit, look=LOOK)
    if handle is None:
        raise NoSlot
    return handle
