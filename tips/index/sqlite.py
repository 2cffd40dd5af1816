"""Two FTS5 tables, bm25 in each, added up. Triggers keep them in step with `index_passage` (migration 0002)."""

import re
from collections.abc import Sequence

from django.db import connection

from tips.index.backend import EXPANSION_WEIGHT, Hit, Limits, Plan, Term
from tips.index.rows import Sql, columns_filter, hits

PER_PART = 400  # rows taken of each table before their scores are added, or the limit if that is more
REBUILT_AT_MOST = 5_000  # passages; about a second
LOOKED_AT = 20_000  # rows of an index, to know how large its table is
TITLES, TEXTS = ("index_title",), ("index_body",)
TITLES_READ = 300  # while somebody types
ENDING_BEGUN = re.compile(r"(?<=..)(?:i|ing?|e[drs]?|ies?|y|s)$")
DOUBLED = re.compile(r"(?<=..)(.)\1$")
EITHER_TABLE = (
    "(SELECT rowid FROM index_title WHERE index_title MATCH %s"
    " UNION ALL SELECT rowid FROM index_body WHERE index_body MATCH %s)"
)


class SqliteBackend:
    limits = Limits(small=10_000, most=4_000, cap=4_000)

    def search(self, plan: Plan) -> list[Hit]:
        """Words so common that not all can be scored: titles first, and the texts only if these are too few."""
        in_titles = _scored(plan, TITLES) if plan.cap else []
        return in_titles if len(in_titles) >= plan.limit else _scored(plan, (*TITLES, *TEXTS))

    def titles(self, words: Sequence[str], prefix: str, limit: int) -> list[tuple[str, str, str, str]]:
        wanted = " AND ".join([*map(_quoted, words), f"{_quoted(_in_every_stem(prefix))} *"])
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT p.group_key, p.title, p.url, p.kind"
                " FROM (SELECT rowid AS id FROM index_title WHERE index_title MATCH %s ORDER BY rowid LIMIT %s) t"
                " CROSS JOIN index_passage p USING (id) GROUP BY p.group_key, p.url"
                " ORDER BY length(p.title), p.id LIMIT %s",
                (f"{{title}} : ({wanted})", TITLES_READ, limit),
            )
            return list(cursor.fetchall())

    def lock(self) -> None:
        """A write transaction is alone here anyway."""

    def settle(self) -> None:
        """The order of the joins here is written down in every statement. Of the other tables SQLite only guesses how
        large they are, and then looks for a few pages among all, until it is told to look."""
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA analysis_limit = {LOOKED_AT}")
            cursor.execute("ANALYZE")
            # Of a key that most rows have not (an undo has the decision undone), it would say that most rows share it.
            cursor.execute("DELETE FROM sqlite_stat1 WHERE idx LIKE 'sqlite_autoindex_%%' AND stat NOT LIKE '%% 1'")
            cursor.execute("ANALYZE sqlite_schema")

    def tidy(self) -> None:
        """Only a rebuild also rewrites the separators between pages, where the beginning of a removed word can stay."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT COUNT(*) <= %s FROM index_passage", (REBUILT_AT_MOST,))
            (small,) = cursor.fetchone()
            for table in ("index_title", "index_body"):
                cursor.execute(f"INSERT INTO {table}({table}) VALUES (%s)", ("rebuild" if small else "optimize",))
        self.settle()


def _scored(plan: Plan, tables: Sequence[str]) -> list[Hit]:
    parts = Sql.join(" UNION ALL ", [part for table in tables for part in _parts(plan, table)])
    return hits(
        Sql(
            "SELECT p.id AS found, p.day AS on_day, SUM(part.score) AS score"
            f" FROM ({parts.text}) part CROSS JOIN index_passage p ON p.id = part.id GROUP BY p.id",
            parts.params,
        ),
        plan,
    )


def _parts(plan: Plan, table: str) -> list[Sql]:
    weight = plan.title_weight if table in TITLES else 1.0
    asked = _any_of(plan.needed)
    if plan.optional:
        asked = f"({asked}) OR (({asked}) AND ({_any_of(plan.optional)}))"
    parts = [_part(plan, table, asked, weight, plan.cap)]
    if plan.expansions:
        parts.append(_part(plan, table, _any_of(plan.expansions), weight * EXPANSION_WEIGHT, plan.cap))
    return parts


def _part(plan: Plan, table: str, match: str, weight: float, cap: int | None) -> Sql:
    most = max(PER_PART, plan.limit)
    if plan.group:
        rows = _on_one_page(plan, table, match)
    elif cap is None:
        rows = _matches(plan, table, match, "ORDER BY rank LIMIT %s", most)
    else:
        newest = _matches(plan, table, match, f"ORDER BY {table}.rowid DESC LIMIT %s", cap)
        rows = Sql(f"SELECT * FROM ({newest.text}) ORDER BY rank LIMIT %s", (*newest.params, most))
    return Sql(f"SELECT id, -rank * %s AS score FROM ({rows.text})", (weight, *rows.params))


def _matches(plan: Plan, table: str, match: str, order: str, limit: int) -> Sql:
    """Rows (id, rank) of one table; the order of the join keeps FTS5 in the outer loop."""
    columns = columns_filter(plan)
    join = f" CROSS JOIN index_passage p ON p.id = {table}.rowid" if columns else ""
    where = Sql.join(" AND ", [Sql(f"{table} MATCH %s", (match,)), *columns, *_wordings(plan, table)])
    return Sql(
        f"SELECT {table}.rowid AS id, {table}.rank AS rank FROM {table}{join} WHERE {where.text} {order}",
        (*where.params, limit),
    )


def _on_one_page(plan: Plan, table: str, match: str) -> Sql:
    """Every place is shown, in the order of the page. None is ranked: for that, FTS5 counts the words in all pages."""
    where = Sql.join(" AND ", [Sql(f"{table} MATCH %s", (match,)), *columns_filter(plan), *_wordings(plan, table)])
    return Sql(
        f"SELECT {table}.rowid AS id, -1.0 AS rank FROM index_passage p CROSS JOIN {table} ON {table}.rowid = p.id"
        f" WHERE {where.text}",
        where.params,
    )


def _wordings(plan: Plan, table: str) -> list[Sql]:
    """The plus keeps the planner from asking FTS5 anew for every row of the list."""
    found = [Sql(f"+{table}.rowid IN {EITHER_TABLE}", (_quoted(phrase), _quoted(phrase))) for phrase in plan.phrases]
    if plan.excluded:
        unwanted = " OR ".join(map(_quoted, plan.excluded))
        found.append(Sql(f"+{table}.rowid NOT IN {EITHER_TABLE}", (unwanted, unwanted)))
    return found


def _any_of(terms: Sequence[Term]) -> str:
    return " OR ".join(_quoted(term.text) for term in terms)


def _quoted(words: str) -> str:
    """A string of FTS5's query language: nothing in it is an operator."""
    return '"' + words.replace('"', '""') + '"'


def _in_every_stem(begun: str) -> str:
    """The index has stems: who typed "sitti" is on the way to "sitting", which stands there as "sit"."""
    return DOUBLED.sub(r"\1", ENDING_BEGUN.sub("", begun)[:4])
