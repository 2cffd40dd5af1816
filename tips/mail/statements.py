"""The statements that each mail costs, as SQL: put together by the ORM they take longer than the database does.

They compare and set: only the row that is still in the same worker's hand moves. Times that decide about leases are the
database's own.
"""

import functools
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection

from tips.mail.models import Delivery

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
PUT_IN = "INSERT INTO mail_delivery ({names}) VALUES ({values}) ON CONFLICT (idem_key) DO NOTHING RETURNING id"
NOTE = "INSERT INTO mail_deliveryattempt (delivery_id, number, at, outcome, code) VALUES (%s, %s, %s, %s, %s)"
UNDER_WAY = """
SELECT 1 FROM mail_delivery WHERE "group" = %s AND NOT stopped
AND state NOT IN ('accepted', 'rejected', 'cancelled', 'dead') LIMIT 1
"""


def put_in(new: Delivery) -> bool:
    """A new row, which then has its number; False where its key is known already."""
    names, sql = _columns()
    values = {name: getattr(new, name) for name in names}
    values |= {"due_at": new.due_at and moment(new.due_at), "created_day": day(new.created_day)}
    made = rows(sql, *values.values())
    new.pk = made[0][0] if made else None
    new._state.adding = False
    return bool(made)


@functools.cache
def _columns() -> tuple[list[str], str]:
    fields = [field for field in Delivery._meta.local_concrete_fields if not field.primary_key]
    names = ", ".join(f'"{field.column}"' for field in fields)
    return [field.attname for field in fields], PUT_IN.format(names=names, values=", ".join(["%s"] * len(fields)))


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


def is_under_way(group: str) -> bool:
    """Whether something of it may still go out."""
    return bool(rows(UNDER_WAY, group))


def moment(at: datetime) -> Any:
    """As the database takes it."""
    return connection.ops.adapt_datetimefield_value(at)


def day(on: date) -> Any:
    return connection.ops.adapt_datefield_value(on)


def run(sql: str, *values: Any) -> bool:
    """Whether it changed anything."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return bool(cursor.rowcount)


def rows(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found
