"""Who takes long takes turns: one slot of a name for each processor but one, which is the readers'.

Whichever process of the site asks. The system frees what a dead process held.
"""

import fcntl
import os
import time
from pathlib import Path

from django.conf import settings


def take(name: str) -> int | None:
    """The handle of a slot that nobody holds, or None. It is free again when the handle is closed, in every process
    that was given it."""
    folder = Path(settings.SHARED_MEMORY_DIR)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    slots = (folder / f"{name}-{number}" for number in range(max(1, (os.cpu_count() or 1) - 1)))
    return next((handle for handle in map(_held, slots) if handle is not None), None)


def wait_for(name: str, *, limit: float, look: float) -> int | None:
    """The same, asked for every `look` seconds until `limit` by the monotonic clock."""
    while (handle := take(name)) is None and time.monotonic() < limit:
        time.sleep(look)
    return handle


def _held(path: Path) -> int | None:
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return None
    return handle
