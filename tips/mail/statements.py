"""The statements that each mail costs, as SQL: put together by the ORM they take longer than the database does.

They compare and set: only the row that is still in the same worker's hand moves. Times that decide about leases are the
database's own.
"""

import functools
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import connection, models

from tips.mail.models import UNFINISHED, Delivery
from tips.sql.plain import changed, loaded, moment, rows, run

CLOCK = {  # vendor -> now, and so many seconds later
    "sqlite": (
        "strftime('%%Y-%%m-%%d %%H:%%M:%%f', 'now')",
        "strftime('%%Y-%%m-%%d %%H:%%M:%%f', 'now', '+' || %s || ' seconds')",
    ),
    "postgresql": ("statement_timestamp()", "statement_timestamp() + %s * interval '1 second'"),
}
BEGIN = """
UPDATE mail_delivery SET state = 'sending', attempts = attempts + 1, lease_until = {later}{kept}
WHERE id = %s AND state = 'leased' AND lease_token = %s AND lease_until > {now}
AND NOT EXISTS (SELECT 1 FROM mail_suppression WHERE address_digest = %s AND scope = '')
"""
ACCEPT = """
UPDATE mail_delivery SET state = 'accepted', last_code = %s, last_reason = '', entries = entries + 1,
lease_until = NULL, lease_token = '', sealed_to = %s, sealed_context = %s, sealed_body = %s, to_digest = ''
WHERE id = %s AND state = 'sending' AND lease_token = %s
"""
KNOWN = "SELECT 1 FROM mail_delivery WHERE idem_key = %s"
NOTE = "INSERT INTO mail_deliveryattempt (delivery_id, number, at, outcome, code) VALUES (%s, %s, %s, %s, %s)"
# As the constraint says it: only then does SQLite know that the constraint's index answers.
OPEN = f"state IN ({', '.join(repr(state.value) for state in UNFINISHED)})"
STOP = f'UPDATE mail_delivery SET stopped = %s WHERE "group" = %s AND NOT stopped AND {OPEN}'
CANCEL = """
UPDATE mail_delivery SET state = 'cancelled', due_at = NULL, lease_until = NULL, lease_token = '',
last_reason = 'cancelled', sealed_to = %s, sealed_context = %s, sealed_body = %s, to_digest = ''
WHERE "group" = %s AND stopped AND state IN ('scheduled', 'deferred', 'uncertain', 'leased')
"""
# By steps in the index: what is due later is never read.
URGENCIES = """
WITH RECURSIVE step (priority) AS (
    SELECT MIN(priority) FROM mail_delivery WHERE due_at IS NOT NULL
    UNION ALL
    SELECT (SELECT MIN(priority) FROM mail_delivery WHERE due_at IS NOT NULL AND priority > step.priority)
    FROM step WHERE priority IS NOT NULL
)
SELECT priority FROM step WHERE EXISTS (
    SELECT 1 FROM mail_delivery WHERE due_at IS NOT NULL AND priority = step.priority AND due_at <= %s
) ORDER BY priority
"""
DUE = """
SELECT {names} FROM mail_delivery WHERE due_at IS NOT NULL AND priority = %s AND due_at <= %s
ORDER BY due_at, id LIMIT %s
"""
LEASE = """
UPDATE mail_delivery SET state = 'leased', due_at = NULL, lease_token = %s, lease_until = {later}
WHERE id IN ({ids})
"""
PAUSED = "SELECT 1 FROM mail_providerpause"
LAPSED = "SELECT 1 FROM mail_delivery WHERE lease_until <= {now} LIMIT 1"
# SQLite knows no SKIP LOCKED; there the transaction, being IMMEDIATE, holds the only write lock.
LOCKED = {"sqlite": "", "postgresql": " FOR UPDATE SKIP LOCKED"}


def is_known(idem_key: str) -> bool:
    return bool(rows(KNOWN, idem_key))


def begin(claimed: Delivery, *, sealed_body: bytes, lease: timedelta) -> bool:
    """Into `sending`; an empty `sealed_body` leaves the one that is there. False: not ours, or not welcome."""
    now, later = CLOCK[connection.vendor]
    sql = BEGIN.format(now=now, later=later, kept=", sealed_body = %s" if sealed_body else "")
    kept = [sealed_body] if sealed_body else []
    return run(sql, lease.total_seconds(), *kept, claimed.pk, claimed.lease_token, claimed.to_digest)


def accept(claimed: Delivery, code: str) -> bool:
    """From `sending` to `accepted`, and everything wiped. False: no longer this worker's."""
    return run(ACCEPT, code, b"", b"", b"", claimed.pk, claimed.lease_token)


def note(delivery: int, number: int, outcome: str, code: str, at: datetime) -> None:
    """A line of the journal."""
    run(NOTE, delivery, number, moment(at), outcome, code)


def stop(group: str) -> int:
    """Nothing of it is begun any more, and what is not on the wire is wiped; how many were not finished."""
    stopped = changed(STOP, True, group)
    run(CANCEL, b"", b"", b"", group)
    return stopped


def urgencies(now: datetime) -> list[int]:
    """The priorities of which something is due."""
    return [priority for (priority,) in rows(URGENCIES, moment(now))]


def due(priority: int, now: datetime, limit: int) -> list[Delivery]:
    """The earliest of one priority; on PostgreSQL locked, and without those that somebody else has locked."""
    names, sql = _to_send()
    return loaded(Delivery, names, sql + LOCKED[connection.vendor], priority, moment(now), limit)


@functools.cache
def _to_send() -> tuple[list[str], str]:
    """Without times, which each database writes in its own way; they are read if somebody asks for one."""
    fields = [field for field in Delivery._meta.concrete_fields if not isinstance(field, models.DateField)]
    return [field.attname for field in fields], DUE.format(names=", ".join(f'"{field.column}"' for field in fields))


def lease(batch: Sequence[Delivery], token: str, until: timedelta) -> None:
    """Into the hand of one worker, for so long by the clock of the database."""
    _, later = CLOCK[connection.vendor]
    ids = ", ".join(["%s"] * len(batch))
    run(LEASE.format(later=later, ids=ids), token, until.total_seconds(), *(row.pk for row in batch))


def is_paused() -> bool:
    return bool(rows(PAUSED))


def has_lapsed() -> bool:
    now, _ = CLOCK[connection.vendor]
    return bool(rows(LAPSED.format(now=now)))
