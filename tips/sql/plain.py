"""Statements as they are: put together by the ORM they take longer than the database does (docs/adr/0043, 0050).

They are for rows that every visitor or every mail costs. What is rare stays with the ORM.
"""

import functools
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connection, connections, models

Adapt = Callable[[Any, Any], Any]
ADAPT: Mapping[type, Adapt] = {  # what a database does not take as it is
    models.DateTimeField: lambda value, to: to.adapt_datetimefield_value(value),
    models.DateField: lambda value, to: to.adapt_datefield_value(value),
    models.JSONField: lambda value, to: None if value is None else to.adapt_json_value(value, None),
}
# SQLite tells the number of a new row anyway, and makes a table for whatever is to be returned.
INSERT = {
    "sqlite": "INSERT INTO {table} ({names}) VALUES ({values}){once}",
    "postgresql": "INSERT INTO {table} ({names}) VALUES ({values}){once} RETURNING {key}",
}
ONCE = " ON CONFLICT DO NOTHING"
NUMBERS = {  # that no row of a table has had: SQLite has one writer, so that they stay free until they are used
    "sqlite": "WITH RECURSIVE numbers(number, left) AS (SELECT COALESCE((SELECT seq FROM sqlite_sequence"
    " WHERE name = %s), 0) + 1, %s UNION ALL SELECT number + 1, left - 1 FROM numbers WHERE left > 1)"
    " SELECT number FROM numbers",
    "postgresql": "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
}


def insert(row: models.Model, *, once: bool = False) -> bool:
    """A new row, which then has its number, as `save` puts it in: every field of the model, and no signals.

    `once`: False, and no number, where something that must be unique is known already; else that is an IntegrityError.
    """
    row.pk = _put(type(row), vars(row), once)
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
    return row.pk is not None


def put(model: type[models.Model], *, once: bool = False, **values: Any) -> int | None:
    """The same for a row that nobody needs afterwards; its number. A key of another row is given as its number."""
    if unknown := values.keys() - _names(model):
        raise TypeError(f"{model.__name__} has no {', '.join(unknown)}")
    return _put(model, values, once)


def insert_all(rows: Sequence[models.Model], *, numbered: bool = False) -> None:
    """Many new rows of one model at once; `numbered`: each then has its number, which is one more statement."""
    if not rows:
        return
    model, database = type(rows[0]), connections[DEFAULT_DB_ALIAS]
    given = [_given(model, vars(row), database.ops) for row in rows]
    with database.cursor() as cursor:
        if numbered:
            cursor.execute(NUMBERS[database.vendor], (model._meta.db_table, len(rows)))
            for row, values, (number,) in zip(rows, given, cursor.fetchall(), strict=True):
                row.pk = number
                values.append(number)
        cursor.executemany(_insert_many(model, numbered), given)


def _put(model: type[models.Model], values: Mapping[str, Any], once: bool) -> int | None:
    database = connections[DEFAULT_DB_ALIAS]
    with database.cursor() as cursor:
        cursor.execute(_insert(model, once), _given(model, values, database.ops))
        if not cursor.rowcount:
            return None
        return int(cursor.lastrowid if database.vendor == "sqlite" else cursor.fetchone()[0])


def _given(model: type[models.Model], values: Mapping[str, Any], to: Any) -> list[Any]:
    return [each.adapted(values, to) for each in _columns(model)]


class Column(NamedTuple):
    """`name`: that of a key to another row ends with "_id"."""

    quoted: str
    name: str
    default: Callable[[], Any]
    adapt: Adapt | None

    def adapted(self, values: Mapping[str, Any], to: Any) -> Any:
        value = values[self.name] if self.name in values else self.default()
        return self.adapt(value, to) if self.adapt else value


@functools.cache
def _columns(model: type[models.Model]) -> list[Column]:
    fields = [each for each in model._meta.local_concrete_fields if not each.primary_key]
    quoted = connection.ops.quote_name
    return [Column(quoted(str(each.column)), each.attname, each.get_default, ADAPT.get(type(each))) for each in fields]


@functools.cache
def _names(model: type[models.Model]) -> frozenset[str]:
    return frozenset(each.name for each in _columns(model))


@functools.cache
def _insert(model: type[models.Model], once: bool) -> str:
    quoted, key = connection.ops.quote_name, model._meta.pk
    columns = [each.quoted for each in _columns(model)]
    return INSERT[connection.vendor].format(
        table=quoted(model._meta.db_table),
        names=", ".join(columns),
        values=", ".join(["%s"] * len(columns)),
        once=ONCE if once else "",
        key=quoted(str(key.column)),
    )


@functools.cache
def _insert_many(model: type[models.Model], numbered: bool) -> str:
    quoted, key = connection.ops.quote_name, model._meta.pk
    names = [*(each.quoted for each in _columns(model)), *([quoted(str(key.column))] if numbered else [])]
    return INSERT["sqlite"].format(
        table=quoted(model._meta.db_table), names=", ".join(names), values=", ".join(["%s"] * len(names)), once=""
    )


def moment(at: datetime) -> Any:
    """As the database takes it."""
    return connection.ops.adapt_datetimefield_value(at)


def day(on: date) -> Any:
    return connection.ops.adapt_datefield_value(on)


def run(sql: str, *values: Any) -> bool:
    """Whether it changed anything."""
    return bool(changed(sql, *values))


def changed(sql: str, *values: Any) -> int:
    """How many rows."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        count: int = cursor.rowcount
        return count


def rows(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found
