"""What a database leaves lying about after a deletion, and how it is cleared (docs/adr/0026)."""

import logging

from django.db import OperationalError, connection

logger = logging.getLogger(__name__)


def wipe_traces() -> bool:
    """SQLite: write the log of changes into the file and cut it to nothing, so that no earlier page is left in it.

    False when a reader was still in the way; housekeeping does it again within the hour. Deleted words are overwritten
    in the file itself (secure_delete). PostgreSQL: nothing to do here; its nightly VACUUM frees the dead rows.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return connection.vendor != "sqlite"
    try:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            busy, *_ = cursor.fetchone()
    except OperationalError:
        logger.info("the log of changes could not be cut now")
        return False
    return not busy


def vacuum() -> None:
    """PostgreSQL: free the rows that were deleted or written anew, so that later rows overwrite them. Nightly.

    Until then, and in its own log until that is recycled, their bytes may be read by whoever holds the files.
    """
    if connection.vendor == "postgresql" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
