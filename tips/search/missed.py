"""Searches without result, so that the owner sees what is missing. Nobody is counted, only words, and rare ones never.

The first two times are counted in memory, under a hash: words become words on the disk when they come a third time.
Left out is what could tell who asked (addresses, numbers) and whatever the warning signs notice.
"""

import contextlib
import functools
import hashlib
import mmap
import os
import struct
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import F

from tips.index.query import Query
from tips.search.models import Unanswered

OFTEN = 3  # times before anything is written, and between two writings
SLOTS = 8192  # words whose hashes share one push each other out
MOST_WORDS, MOST_CHARACTERS = 6, 60
_slot = struct.Struct("<IHH")  # hash, day, times


def note(query: Query, *, today: date) -> None:
    """These words stood nowhere. A database that is busy or full keeps nobody from their page."""
    words = normal(query)
    if words and _times(words, today) % OFTEN == 0:
        with contextlib.suppress(DatabaseError), transaction.atomic():
            seen, made = Unanswered.objects.get_or_create(words=words, day=today, defaults={"times": OFTEN})
            if not made:
                Unanswered.objects.filter(pk=seen.pk).update(times=F("times") + OFTEN)


def normal(query: Query) -> str:
    """The telling words, folded; nothing where they are too many to be common or could name somebody."""
    words = " ".join(query.words)
    personal = "@" in query.raw or any(len(word) > 3 and any(map(str.isdigit, word)) for word in query.words)
    too_many = len(query.words) > MOST_WORDS or len(words) > MOST_CHARACTERS
    return "" if personal or too_many else words


def _times(words: str, today: date) -> int:
    """How often today, this time included. Counts of two processes at once may lose one, which does not matter."""
    digest = hashlib.blake2b(words.encode(), digest_size=8, key=today.isoformat().encode()).digest()
    place, mark = int.from_bytes(digest[:4], "little") % SLOTS * _slot.size, int.from_bytes(digest[4:], "little")
    memory, day = _memory(Path(settings.SHARED_MEMORY_DIR) / "searches"), today.toordinal() % 65_536
    seen, when, times = _slot.unpack_from(memory, place)
    times = min(times + 1, 65_535) if (seen, when) == (mark, day) else 1
    _slot.pack_into(memory, place, mark, day, times)
    return int(times)


@functools.lru_cache(maxsize=4)
def _memory(path: Path) -> mmap.mmap:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        os.ftruncate(descriptor, SLOTS * _slot.size)
        return mmap.mmap(descriptor, SLOTS * _slot.size)
    finally:
        os.close(descriptor)
