"""Questions that nearly every reader asks: put together once, and then asked again with other values.

For one row the ORM takes ten times as long to put the question together as the database to answer it. Here it does so
once for each number of values, with stand-ins, and its SQL is kept with the places at which they stood. What is asked
for is still said in the words of the querysets, `published()` among them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import Model, QuerySet
from django.db.models.query import ModelIterable

Row = TypeVar("Row")
Value = str | int
STAND_INS: dict[type, Callable[[int], Value]] = {str: "\ue000stand-in {}\ue000".format, int: (2**31 - 10_000).__add__}


@dataclass(frozen=True)
class Statement:
    """`places`: where each value of the statement stands, among those it is asked with and those it always has."""

    sql: str
    places: Sequence[int]
    always: Sequence[Any]
    converted: Sequence[tuple[int, Any]]
    model: type[Model] | None
    names: Sequence[str]

    def ask(self, values: tuple[Value, ...]) -> list[Any]:
        database, given = connections[DEFAULT_DB_ALIAS], (*values, *self.always)
        with database.cursor() as cursor:
            cursor.execute(self.sql, [given[place] for place in self.places])
            found = [*map(list, cursor.fetchall())]
        for place, column in self.converted:
            for convert in converters(column, database):
                for row in found:
                    row[place] = convert(row[place], column, database)
        if self.model is None:
            return [*map(tuple, found)]
        return [self.model.from_db(DEFAULT_DB_ALIAS, self.names, row) for row in found]


class Question(Generic[Row]):
    """`ask` makes the queryset; what it is given must go into the statement as it is, and only there."""

    def __init__(self, ask: Callable[..., QuerySet[Any, Row]]) -> None:
        self._ask = ask
        self._kept: dict[tuple[Any, ...], Statement] = {}

    def __call__(self, *values: Value) -> list[Row]:
        shape = (connection.vendor, *map(type, values))
        statement = self._kept.get(shape)
        if statement is None:
            statement = self._kept[shape] = put_together(self._ask, values)
        return statement.ask(values)

    def first(self, *values: Value) -> Row | None:
        return next(iter(self(*values)), None)


def put_together(ask: Callable[..., QuerySet[Any, Any]], values: Sequence[Value]) -> Statement:
    stand_ins = [STAND_INS[type(value)](number) for number, value in enumerate(values)]
    queryset = ask(*stand_ins)
    compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
    sql, params = compiler.as_sql()
    if missing := [each for each in stand_ins if each not in params]:
        raise TypeError(f"not in the statement as it is: {missing}")
    columns = [column for column, *_ in compiler.select]
    return Statement(
        sql=sql,
        places=[
            stand_ins.index(each) if each in stand_ins else len(stand_ins) + number
            for number, each in enumerate(params)
        ],
        always=params,
        converted=[
            (place, column) for place, column in enumerate(columns) if converters(column, connections[DEFAULT_DB_ALIAS])
        ],
        model=queryset.model if issubclass(queryset._iterable_class, ModelIterable) else None,
        names=[column.target.attname for column in columns],
    )


def converters(column: Any, database: Any) -> list[Callable[..., Any]]:
    """What makes a day of a text, and the like."""
    return [*database.ops.get_db_converters(column), *column.get_db_converters(database)]
