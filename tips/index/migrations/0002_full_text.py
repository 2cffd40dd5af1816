"""The full-text side of `index_passage`, for both databases.

SQLite: two FTS5 tables without text of their own, fed by triggers, so that no way of writing or emptying the passages
can leave them behind (a later migration that remakes `index_passage` on SQLite must make the triggers again).
PostgreSQL: generated columns. Its stemmer runs without stop words, so that both find "out of" in a phrase, and what
divides words becomes a space before its parser sees hosts, paths and minus signs in it.
"""

from django.db import migrations

TOKENIZER = "porter unicode61 remove_diacritics 2"
ADD = (
    "INSERT INTO index_title(rowid, title, heading) VALUES (new.id, new.title, new.heading);"
    "INSERT INTO index_body(rowid, body) VALUES (new.id, new.body);"
)
TAKE = (
    "INSERT INTO index_title(index_title, rowid, title, heading) VALUES ('delete', old.id, old.title, old.heading);"
    "INSERT INTO index_body(index_body, rowid, body) VALUES ('delete', old.id, old.body);"
)
SQLITE = (
    "CREATE VIRTUAL TABLE index_title USING fts5(title, heading, content='index_passage', content_rowid='id',"
    f" tokenize='{TOKENIZER}', prefix='2 3')",
    "CREATE VIRTUAL TABLE index_body USING fts5(body, content='index_passage', content_rowid='id',"
    f" tokenize='{TOKENIZER}')",
    "INSERT INTO index_title(index_title, rank) VALUES ('secure-delete', 1)",
    "INSERT INTO index_body(index_body, rank) VALUES ('secure-delete', 1)",
    f"CREATE TRIGGER index_passage_added AFTER INSERT ON index_passage BEGIN {ADD} END",
    f"CREATE TRIGGER index_passage_taken AFTER DELETE ON index_passage BEGIN {TAKE} END",
    f"CREATE TRIGGER index_passage_changed AFTER UPDATE ON index_passage BEGIN {TAKE} {ADD} END",
)
SQLITE_BACK = (
    *(f"DROP TRIGGER index_passage_{event}" for event in ("added", "taken", "changed")),
    "DROP TABLE index_title",
    "DROP TABLE index_body",
)


def _vector(config: str, text: str) -> str:
    bare = rf"regexp_replace(normalize({text}, NFD), '[\u0300-\u036f]', '', 'g')"
    return rf"to_tsvector('{config}', regexp_replace({bare}, '[!-/:-@[-`{{-~\u00a0-\u00bf\u2000-\u206f]+', ' ', 'g'))"


TITLE = _vector("tips_english", "title || ' ' || heading")
BODY = _vector("tips_english", "body")
TITLE_WORDS = _vector("simple", "title")  # as they are written, for suggestions
POSTGRESQL = (
    "CREATE TEXT SEARCH DICTIONARY tips_stem (TEMPLATE = snowball, LANGUAGE = english)",
    "CREATE TEXT SEARCH CONFIGURATION tips_english (COPY = english)",
    "ALTER TEXT SEARCH CONFIGURATION tips_english ALTER MAPPING REPLACE english_stem WITH tips_stem",
    f"ALTER TABLE index_passage ADD COLUMN title_vector tsvector GENERATED ALWAYS AS ({TITLE}) STORED,"
    f" ADD COLUMN body_vector tsvector GENERATED ALWAYS AS ({BODY}) STORED,"
    f" ADD COLUMN title_words tsvector GENERATED ALWAYS AS ({TITLE_WORDS}) STORED",
    "CREATE INDEX index_passage_title_vector ON index_passage USING gin (title_vector)",
    "CREATE INDEX index_passage_title_words ON index_passage USING gin (title_words)",
    "CREATE INDEX index_passage_body_vector ON index_passage USING gin (body_vector)",
)
POSTGRESQL_BACK = (
    "ALTER TABLE index_passage DROP COLUMN title_vector, DROP COLUMN body_vector, DROP COLUMN title_words",
    "DROP TEXT SEARCH CONFIGURATION tips_english",
    "DROP TEXT SEARCH DICTIONARY tips_stem",
)
FORTH = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
BACK = {"sqlite": SQLITE_BACK, "postgresql": POSTGRESQL_BACK}


def forth(apps, schema_editor):
    for statement in FORTH[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def back(apps, schema_editor):
    for statement in BACK[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("index", "0001_initial")]
    operations = [migrations.RunPython(forth, back)]
