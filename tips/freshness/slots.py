"""Generation numbers in shared memory: writers bump one after their commit, readers compare it with what they hold.

A slot is 8 bytes in a memory-mapped file that every process of the site shares. Names are spread over the slots by a
hash, so two names may share one: a reader then refreshes once too often, never too rarely. One more slot moves with
every bump, so that a reader who sees it where it was need not look at the others; and another with each that may have
taken words away, for whoever keeps words under no name.

Pages that were published as files (files.py) are gone when a bump returns.
"""

import functools
import mmap
import os
import threading
import zlib
from array import array
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from tips.freshness import files

SLOTS = 16_384
SLOT_BYTES = 8
ANYTHING = SLOTS  # where the slot stands that moves with every other
GONE = SLOTS + 1  # and the one that moves unless something only came
BYTES = (SLOTS + 2) * SLOT_BYTES
_lock = threading.Lock()


class Stamp(NamedTuple):
    """Of some names: their places, and their generations when these were looked at. Kept with every page: so packed."""

    places: "array[int]"
    generations: "array[int]"

    def holds(self, now: memoryview) -> bool:
        return array("Q", map(now.__getitem__, self.places)) == self.generations


@functools.lru_cache(maxsize=4)
def _memory(folder: str | Path) -> memoryview:
    path = Path(folder) / "generations"
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        os.ftruncate(descriptor, BYTES)
        return memoryview(mmap.mmap(descriptor, BYTES)).cast("Q")
    finally:
        os.close(descriptor)


def counters() -> memoryview:
    """Every slot, live, by its place."""
    return _memory(settings.SHARED_MEMORY_DIR)


def place(name: str) -> int:
    return zlib.crc32(name.encode()) % SLOTS


def generation(name: str) -> int:
    return int(counters()[place(name)])


def snapshot() -> memoryview:
    """Every slot as it is now, to be compared with later."""
    return memoryview(bytes(counters())).cast("Q")


def stamp(names: Iterable[str], seen: memoryview) -> Stamp:
    """Of these names, as they stand in a snapshot or now."""
    places = array("H", dict.fromkeys(map(place, names)))
    return Stamp(places, array("Q", map(seen.__getitem__, places)))


def bump_everything() -> None:
    """For a process that starts: one that died may have committed without saying so."""
    counters()[:SLOTS] = memoryview(os.urandom(SLOTS * SLOT_BYTES)).cast("Q")
    _step(GONE)
    _step(ANYTHING)
    files.withdraw_all()


def bump(*names: str, only_came: bool = False) -> None:
    """Everything rendered from these names is stale from now on. Call it after the commit.

    `only_came`: nothing that could be read before is gone or reads otherwise.
    """
    places = [place(name) for name in names]
    for each in [*places, *([] if only_came else [GONE])]:
        _step(each)
    _step(ANYTHING)  # last: whoever sees it moved finds the others moved
    files.withdraw(places)


def _step(where: int) -> None:
    """A random step instead of +1: two processes that bump at once cannot agree on the same number."""
    with _lock:
        slots = counters()
        slots[where] = (slots[where] + int.from_bytes(os.urandom(4), "little") + 1) % 2**64
