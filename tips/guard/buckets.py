"""Exact token buckets, shared by every process of the site, in memory only.

A small SQLite file on the memory file system; one statement takes, which makes it exact under any number of workers.
Keys are daily pseudonyms, never addresses.
"""

import functools
import os
import re
import sqlite3
import threading
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True)
class Bucket:
    """`size` takings at once; an empty bucket is full again after `refill` seconds."""

    size: int
    refill: int


# Generous: one household, or everyone behind one mobile network, shares a bucket.
BUCKETS: dict[str, Bucket] = {
    "share": Bucket(40, 3600),
    "comment": Bucket(60, 3600),
    "contact": Bucket(20, 3600),
    "course": Bucket(20, 3600),
    "code": Bucket(5, 60),
    "wrong-code": Bucket(200, 3600),  # of everybody together: when it is empty an alarm is logged
    "report": Bucket(30, 3600),
    "draft": Bucket(60, 3600),  # new ones; saving again what is there costs nothing
    "photo": Bucket(60, 3600),
    "share-a-day": Bucket(3, 86400),  # newcomers': what goes beyond is taken all the same, and told to who reads it
    "comment-a-day": Bucket(10, 86400),
}
TABLE = "CREATE TABLE IF NOT EXISTS bucket (kind TEXT, who TEXT, tokens REAL, at REAL, PRIMARY KEY (kind, who))"
TAKE = """
INSERT INTO bucket (kind, who, tokens, at) VALUES (:kind, :who, :size - 1, :now)
ON CONFLICT DO UPDATE SET tokens = min(:size, tokens + max(:now - at, 0.0) * :rate) - 1, at = :now
WHERE min(:size, tokens + max(:now - at, 0.0) * :rate) >= 1 RETURNING 1
"""
LEFT = "SELECT tokens + max(:now - at, 0.0) * :rate FROM bucket WHERE kind = :kind AND who = :who"
_lock = threading.Lock()


def take(kind: str, who: str, *, now: datetime) -> int:
    """0 when there was a token to take; else the seconds until there is one. Full memory never locks anyone out."""
    bucket = _bucket(kind)
    rate = bucket.size / bucket.refill
    figures = {"kind": kind, "who": who, "size": float(bucket.size), "rate": rate, "now": now.timestamp()}
    try:
        with _lock:
            if _store().execute(TAKE, figures).fetchall():
                return 0
            left = _store().execute(LEFT, figures).fetchone()
    except sqlite3.OperationalError:
        _opened.cache_clear()  # it may be another file by now
        return 0
    return int((1 - left[0]) / rate) + 1 if left else 0


def purge(*, now: datetime) -> None:
    """Forget buckets that nobody touched for a day."""
    with _lock:
        _store().execute("DELETE FROM bucket WHERE at < ?", (now.timestamp() - 86400,))


def _bucket(kind: str) -> Bucket:
    return _changed(settings.FORM_LIMITS).get(kind) or BUCKETS[kind]


@functools.lru_cache(maxsize=4)
def _changed(limits: str) -> dict[str, Bucket]:
    """The buckets as the environment changes them: FORM_LIMITS="share=40/3600,comment=60/3600"."""
    entries = [re.split("[=/]", entry.strip()) for entry in limits.split(",") if entry]
    return {kind.strip(): Bucket(int(size), int(refill)) for kind, size, refill in entries}


def _store() -> sqlite3.Connection:
    return _opened(settings.SHARED_MEMORY_DIR, os.getpid())


@functools.lru_cache(maxsize=4)
def _opened(folder: str | Path, _process: int) -> sqlite3.Connection:
    """Kept open, one for all threads of a process and for no other process: opening takes longer than taking."""
    path = Path(folder) / "buckets.sqlite3"
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.touch(mode=0o600)  # as is all that SQLite puts beside it
    connection = sqlite3.connect(path, timeout=5, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute(TABLE)
    return connection
