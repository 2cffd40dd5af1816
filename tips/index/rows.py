"""Statements with their parameters, and their rows as hits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from tips.index.backend import Hit, Plan

HIT_COLUMNS = "p.id, p.source, p.group_key, p.kind, p.url, p.title, p.heading, p.body, p.day"
ORDERS = {
    "best": "score DESC, on_day IS NULL, on_day DESC, found",
    "newest": "on_day IS NULL, on_day DESC, score DESC, found",
}


Param = str | int | float


@dataclass(frozen=True)
class Sql:
    """A piece of a statement. Whatever a visitor typed is in `params`, never in `text`."""

    text: str
    params: tuple[Param, ...] = ()

    @classmethod
    def join(cls, glue: str, pieces: Iterable["Sql"]) -> "Sql":
        pieces = list(pieces)
        return cls(glue.join(piece.text for piece in pieces), tuple(value for one in pieces for value in one.params))


def columns_filter(plan: Plan) -> list[Sql]:
    """The conditions on the columns of `index_passage p`."""
    found = []
    if plan.kinds:
        found.append(Sql(f"p.kind IN ({', '.join(['%s'] * len(plan.kinds))})", plan.kinds))
    if plan.group:
        found.append(Sql("p.group_key = %s", (plan.group,)))
    if plan.area:
        escaped = plan.area.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
        found.append(Sql(r"p.areas LIKE %s ESCAPE '\'", (f"%|{escaped}|%",)))
    return found


def hits(scored: Sql, plan: Plan) -> list[Hit]:
    """The first of the rows (found, on_day, score), with their texts."""
    order = ORDERS[plan.sort]
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH best AS (SELECT * FROM ({scored.text}) every ORDER BY {order} LIMIT %s)"
            f" SELECT {HIT_COLUMNS}, best.score FROM best JOIN index_passage p ON p.id = best.found ORDER BY {order}",
            (*scored.params, plan.limit),
        )
        return [_hit(*row) for row in cursor.fetchall()]


def _hit(*row: Any) -> Hit:
    """A row of HIT_COLUMNS and the score. SQLite gives days as text."""
    key, source, group, kind, url, title, heading, body, day, score = row
    when = date.fromisoformat(day) if isinstance(day, str) else day
    return Hit(key, group, source, kind, url, title, heading, body, when, float(score))
