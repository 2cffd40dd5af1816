"""ts_rank knows no idf, so each word is ranked alone and weighted with its own (tsvector columns of migration 0002)."""

from collections.abc import Sequence

from django.db import connection

from tips.index.backend import EXPANSION_WEIGHT, Hit, Limits, Plan, Term
from tips.index.rows import Sql, columns_filter, hits

WRITE_LOCK = 7_461_223_909  # any number that nothing else in this database locks
BY_LENGTH = 1  # ts_rank's normalisation: divide by 1 + log(length)
FEW_RANKED = 16  # parameters of the score, four a word: so few are ranked sooner from the stored vectors
ONE_QUERY = "phraseto_tsquery('tips_english', %s)"


class PostgresBackend:
    limits = Limits(small=3_000, most=3_000, cap=3_000)

    def search(self, plan: Plan) -> list[Hit]:
        found = Sql.join(" UNION ", [_matches(plan, "title_vector"), _matches(plan, "body_vector")])
        score = _score(plan)
        source = (
            _unpacked(found)
            if len(score.params) > FEW_RANKED
            else f"({found.text}) any_of JOIN index_passage p USING (id)"
        )
        return hits(
            Sql(
                f"SELECT p.id AS found, p.day AS on_day, {score.text} AS score FROM {source}",
                (*score.params, *found.params),
            ),
            plan,
        )

    def titles(self, words: Sequence[str], prefix: str, limit: int) -> list[tuple[str, str, str, str]]:
        wanted = " & ".join([*(f"'{word}'" for word in words), f"'{prefix}':*"])
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT group_key, title, url, kind FROM index_passage"
                " WHERE title_words @@ to_tsquery('simple', %s) ORDER BY length(title), id LIMIT %s",
                (wanted, limit),
            )
            return list(cursor.fetchall())

    def lock(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", (WRITE_LOCK,))

    def settle(self) -> None:
        """Autovacuum would see to it within a minute; until then every word could be looked for in every row."""
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE index_passage, index_word, index_spelling")

    def tidy(self) -> None:
        """Autovacuum does it."""


def _unpacked(found: Sql) -> str:
    """PostgreSQL unpacks a long stored vector anew for every ts_rank; one that was put together is unpacked once."""
    return (
        "(SELECT v.id, v.day, v.title_vector || ''::tsvector AS title_vector,"
        " v.body_vector || ''::tsvector AS body_vector"
        f" FROM ({found.text}) any_of JOIN index_passage v USING (id) OFFSET 0) p"
    )


def _score(plan: Plan) -> Sql:
    asked = [_rank(term, plan.title_weight, 1.0) for term in (*plan.needed, *plan.optional)]
    also = [_rank(term, plan.title_weight, EXPANSION_WEIGHT) for term in plan.expansions]
    return Sql.join(" + ", asked + also)


def _rank(term: Term, title_weight: float, weight: float) -> Sql:
    return Sql(
        f"%s * (%s * ts_rank(p.title_vector, {ONE_QUERY}, {BY_LENGTH})"
        f" + ts_rank(p.body_vector, {ONE_QUERY}, {BY_LENGTH}))",
        (term.idf * weight, title_weight, term.text, term.text),
    )


def _matches(plan: Plan, vector: str) -> Sql:
    """Ids whose title or body holds one of the wanted terms, the newest if there are more than can be ranked."""
    any_of = _any_of([term.text for term in (*plan.needed, *plan.expansions)])
    conditions = [Sql(f"p.{vector} @@ ({any_of.text})", any_of.params), *columns_filter(plan), *_wordings(plan)]
    where = Sql.join(" AND ", conditions)
    newest = Sql(" ORDER BY p.id DESC LIMIT %s", (plan.cap,)) if plan.cap else Sql("")
    return Sql(f"(SELECT p.id FROM index_passage p WHERE {where.text}{newest.text})", (*where.params, *newest.params))


def _wordings(plan: Plan) -> list[Sql]:
    found = [_in_either(_any_of([phrase]), "") for phrase in plan.phrases]
    if plan.excluded:
        found.append(_in_either(_any_of(plan.excluded), "NOT "))
    return found


def _in_either(wanted: Sql, negation: str) -> Sql:
    return Sql(f"{negation}(p.title_vector @@ ({wanted.text}) OR p.body_vector @@ ({wanted.text}))", wanted.params * 2)


def _any_of(texts: Sequence[str]) -> Sql:
    return Sql.join(" || ", [Sql(ONE_QUERY, (text,)) for text in texts])
