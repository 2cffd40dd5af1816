"""Exact token buckets, shared by every process of the site, in memory only.

A small SQLite file on the memory file system; IMMEDIATE transactions make taking exact under any number of workers.
Keys are daily pseudonyms, never addresses.
"""

import contextlib
import sqlite3
from collections.abc import Iterator
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


def take(kind: str, who: str, *, now: datetime) -> int:
    """0 when there was a token to take; else the seconds until there is one. Full memory never locks anyone out."""
    try:
        return _take(_bucket(kind), kind, who, now)
    except sqlite3.OperationalError:
        return 0


def _take(bucket: Bucket, kind: str, who: str, now: datetime) -> int:
    moment = now.timestamp()
    with _store() as store:
        row = store.execute("SELECT tokens, at FROM bucket WHERE kind = ? AND who = ?", (kind, who)).fetchone()
        tokens, at = row or (float(bucket.size), moment)
        rate = bucket.size / bucket.refill
        tokens = min(bucket.size, tokens + max(moment - at, 0.0) * rate)
        if tokens < 1:
            return int((1 - tokens) / rate) + 1
        store.execute("REPLACE INTO bucket VALUES (?, ?, ?, ?)", (kind, who, tokens - 1, moment))
    return 0


def purge(*, now: datetime) -> None:
    """Forget buckets that nobody touched for a day."""
    with _store() as store:
        store.execute("DELETE FROM bucket WHERE at < ?", (now.timestamp() - 86400,))


def _bucket(kind: str) -> Bucket:
    """The bucket as the environment changes it: FORM_LIMITS="share=40/3600,comment=60/3600"."""
    for entry in filter(None, settings.FORM_LIMITS.split(",")):
        name, _, figures = entry.partition("=")
        size, _, refill = figures.partition("/")
        if name.strip() == kind:
            return Bucket(int(size), int(refill))
    return BUCKETS[kind]


@contextlib.contextmanager
def _store() -> Iterator[sqlite3.Connection]:
    path = Path(settings.SHARED_MEMORY_DIR) / "buckets.sqlite3"
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    connection = sqlite3.connect(path, timeout=5, isolation_level=None)
    try:
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(
            "CREATE TABLE IF NOT EXISTS bucket (kind TEXT, who TEXT, tokens REAL, at REAL, PRIMARY KEY (kind, who))"
        )
        yield connection
        connection.execute("COMMIT")
    finally:
        connection.close()
