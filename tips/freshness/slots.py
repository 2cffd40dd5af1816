"""Generation numbers in shared memory: writers bump one after their commit, readers compare it with what they hold.

A slot is 8 bytes in a memory-mapped file that every process of the site shares. Names are spread over the slots by a
hash, so two names may share one: a reader then refreshes once too often, never too rarely.
"""

import functools
import mmap
import os
import struct
import threading
import zlib
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings

SLOTS = 4096
SLOT_BYTES = 8
_counter = struct.Struct("<Q")
_lock = threading.Lock()


@functools.lru_cache(maxsize=4)
def _memory(folder: str | Path) -> mmap.mmap:
    path = Path(folder) / "generations"
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        os.ftruncate(descriptor, SLOTS * SLOT_BYTES)
        return mmap.mmap(descriptor, SLOTS * SLOT_BYTES)
    finally:
        os.close(descriptor)


def _slots() -> mmap.mmap:
    return _memory(settings.SHARED_MEMORY_DIR)


def _offset(name: str) -> int:
    return zlib.crc32(name.encode()) % SLOTS * SLOT_BYTES


def generation(name: str) -> int:
    return int(_counter.unpack_from(_slots(), _offset(name))[0])


def snapshot() -> bytes:
    """Every slot as it is now, to be compared with later."""
    return bytes(_slots())


def generations(names: Sequence[str], memory: bytes | None = None) -> tuple[int, ...]:
    """Of each name, as it is now or as it was in a snapshot."""
    seen = _slots() if memory is None else memory
    return tuple(_counter.unpack_from(seen, _offset(name))[0] for name in names)


def bump_everything() -> None:
    """For a process that starts: one that died may have committed without saying so."""
    with _lock:
        _slots()[:] = os.urandom(SLOTS * SLOT_BYTES)


def bump(*names: str) -> None:
    """Everything rendered from these names is stale from now on. Call it after the commit."""
    with _lock:
        for name in names:
            # A random step instead of +1: two processes that bump at once cannot agree on the same number.
            step = int.from_bytes(os.urandom(4), "little") + 1
            _counter.pack_into(_slots(), _offset(name), (generation(name) + step) % 2**64)
