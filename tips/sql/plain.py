"""Statements as they are: put together by the ORM they take longer than the database does (docs/adr/0043, 0050).

They are for rows that every visitor or every mail costs. What is rare stays with the ORM.
"""

import functools
import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.models.base import ModelState

M = TypeVar("M", bound=models.Model)
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


def new(model: type[M], **values: Any) -> M:
    """A row as `model(**values)` makes it, in less time; a key of another row is given as its number."""
    row = model.__new__(model)
    row._state = ModelState()
    vars(row).update(_table(model).filled(values), **{_key(model): None})
    return row


def insert(row: models.Model, *, once: bool = False) -> bool:
    """A new row, which then has its number, as `save` puts it in: every field of the model, and no signals.

    `once`: False, and no number, where something that must be unique is known already; else that is an IntegrityError.
    """
    row.pk = _put(type(row), vars(row), once)
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
    return row.pk is not None


def put(model: type[models.Model], *, once: bool = False, **values: Any) -> int | None:
    """The same for a row that nobody needs afterwards; its number."""
    return _put(model, _table(model).filled(values), once)


def insert_all(rows: Sequence[models.Model], *, numbered: bool = False) -> None:
    """Many new rows of one model at once; `numbered`: each then has its number, which is one more statement."""
    if not rows:
        return
    model, database = type(rows[0]), connections[DEFAULT_DB_ALIAS]
    given = [_table(model).row(vars(row), database.ops) for row in rows]
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
        cursor.execute(_insert(model, once), _table(model).row(values, database.ops))
        if once and not cursor.rowcount:
            return None
        return int(cursor.lastrowid if database.vendor == "sqlite" else cursor.fetchone()[0])


@dataclass(frozen=True)
class Table:
    """The columns of a model, but for its key. A key to another row is named with "_id"."""

    name: str
    names: tuple[str, ...]
    given: Callable[[Mapping[str, Any]], tuple[Any, ...]]  # the values of these names
    adapt: Sequence[tuple[int, Adapt]]
    always: Mapping[str, Any]  # defaults
    anew: Sequence[tuple[str, Callable[[], Any]]]  # defaults that are made for each row

    def filled(self, values: Mapping[str, Any]) -> dict[str, Any]:
        if unknown := values.keys() - self.names:
            raise TypeError(f"{self.name} has no {', '.join(unknown)}")
        made = {name: make() for name, make in self.anew if name not in values}
        return {**self.always, **made, **values}

    def row(self, values: Mapping[str, Any], to: Any) -> list[Any]:
        row = [*self.given(values)]
        for place, adapt in self.adapt:
            row[place] = adapt(row[place], to)
        return row


@functools.cache
def _table(model: type[models.Model]) -> Table:
    fields = _fields(model)
    made = [each for each in fields if each.has_default() and callable(each.default)]
    return Table(
        name=model.__name__,
        names=tuple(each.attname for each in fields),
        given=operator.itemgetter(*(each.attname for each in fields)),
        adapt=[(place, ADAPT[type(each)]) for place, each in enumerate(fields) if type(each) in ADAPT],
        always={each.attname: each.get_default() for each in fields if each not in made},
        anew=[(each.attname, each.default) for each in made],
    )


@functools.cache
def _insert(model: type[models.Model], once: bool) -> str:
    quoted, fields = connection.ops.quote_name, _fields(model)
    return INSERT[connection.vendor].format(
        table=quoted(model._meta.db_table),
        names=", ".join(quoted(each.column) for each in fields),
        values=", ".join(["%s"] * len(fields)),
        once=ONCE if once else "",
        key=quoted(_key(model)),
    )


@functools.cache
def _insert_many(model: type[models.Model], numbered: bool) -> str:
    quoted = connection.ops.quote_name
    names = [*(each.column for each in _fields(model)), *([_key(model)] if numbered else [])]
    return INSERT["sqlite"].format(
        table=quoted(model._meta.db_table),
        names=", ".join(map(quoted, names)),
        values=", ".join(["%s"] * len(names)),
        once="",
    )


def _fields(model: type[models.Model]) -> list[Any]:
    return [each for each in model._meta.local_concrete_fields if not each.primary_key]


def _key(model: type[models.Model]) -> str:
    return str(model._meta.pk.attname)


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


def loaded(model: type[M], names: Sequence[str], sql: str, *values: Any) -> list[M]:
    """Rows as the ORM loads them, where `sql` selects these fields in this order; the others are read if asked for."""
    return [model.from_db(DEFAULT_DB_ALIAS, names, found) for found in rows(sql, *values)]
