"""Statements as they are: put together by the ORM they take longer than the database does (docs/adr/0043, 0048).

They are for rows that every visitor or every mail costs. What is rare stays with the ORM.
"""

import functools
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections, models

Adapt = Callable[[Any, Any], Any]
ADAPT: Mapping[type, Adapt] = {  # what a database does not take as it is
    models.DateTimeField: lambda value, to: to.adapt_datetimefield_value(value),
    models.DateField: lambda value, to: to.adapt_datefield_value(value),
    models.JSONField: lambda value, to: None if value is None else to.adapt_json_value(value, None),
}
# SQLite tells the number of a new row anyway, and makes a table for whatever is to be returned.
INSERT = {
    "sqlite": "INSERT INTO {table} ({names}) VALUES ({values}){unless}",
    "postgresql": "INSERT INTO {table} ({names}) VALUES ({values}){unless} RETURNING {key}",
}
UNLESS = " ON CONFLICT ({name}) DO NOTHING"


def insert(row: models.Model, *, unless: str = "") -> bool:
    """A new row, which then has its number, as `save` puts it in: every field of the model, and no signals.

    `unless`: a unique column; False, and no number, where its value is known already.
    """
    database = connections[DEFAULT_DB_ALIAS]
    sql, fields = _insert(type(row), unless)
    values = [adapt(getattr(row, name), database.ops) if adapt else getattr(row, name) for name, adapt in fields]
    with database.cursor() as cursor:
        cursor.execute(sql, values)
        made = bool(cursor.rowcount)
        if made:
            row.pk = cursor.lastrowid if database.vendor == "sqlite" else cursor.fetchone()[0]
    row._state.adding, row._state.db = False, database.alias
    return made


@functools.cache
def _insert(model: type[models.Model], unless: str) -> tuple[str, list[tuple[str, Adapt | None]]]:
    quoted, key = connection.ops.quote_name, model._meta.pk
    fields = [each for each in model._meta.local_concrete_fields if not each.primary_key]
    sql = INSERT[connection.vendor].format(
        table=quoted(model._meta.db_table),
        names=", ".join(quoted(str(each.column)) for each in fields),
        values=", ".join(["%s"] * len(fields)),
        unless=UNLESS.format(name=quoted(unless)) if unless else "",
        key=quoted(str(key.column)),
    )
    return sql, [(each.attname, ADAPT.get(type(each))) for each in fields]


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
