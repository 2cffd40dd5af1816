"""A picture at a time for each processor but one, which is the readers', whichever process of the site asks. The system
frees what a dead process held."""

import contextlib
import fcntl
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

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
    folder = Path(settings.SHARED_MEMORY_DIR)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    while True:
        for number in range(max(1, (os.cpu_count() or 1) - 1)):
            handle = _try(folder / f"photo-slot-{number}")
            if handle is not None:
                return handle
        if time.monotonic() > limit:
            raise NoSlot
        time.sleep(LOOK)


def _try(path: Path) -> int | None:
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return None
    return handle
