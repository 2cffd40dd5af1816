"""Django's SQLite, which puts the question marks into a statement once and not each time that it runs (docs/adr/0055).

The words of a statement hold no values, so that nothing of what anybody wrote stays.
"""

import functools
from typing import Any

from django.db.backends.sqlite3 import base

MOST_KEPT = 1000  # statements


class Cursor(base.SQLiteCursorWrapper):
    def convert_query(self, query: str, *, param_names: list[str] | None = None) -> str:
        return (
            _with_question_marks(query)
            if param_names is None
            else super().convert_query(query, param_names=param_names)
        )


class DatabaseWrapper(base.DatabaseWrapper):
    def create_cursor(self, name: Any = None) -> Cursor:
        cursor: Cursor = self.connection.cursor(factory=Cursor)
        return cursor


@functools.lru_cache(maxsize=MOST_KEPT)
def _with_question_marks(query: str) -> str:
    return str(base.FORMAT_QMARK_REGEX.sub("?", query)).replace("%%", "%")
