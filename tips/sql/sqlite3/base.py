"""Django's SQLite with fewer steps on the way to it (docs/adr/0055, 0059).

Question marks are put into a statement once and not each time that it runs; its words hold no values, so that nothing
of what anybody wrote stays. On a connection that is open, and where nobody listens, a statement runs at once.
"""

import functools
from typing import Any

from django.apps import apps
from django.db.backends.sqlite3 import base
from django.db.backends.utils import CursorWrapper

MOST_KEPT = 1000  # statements


Database = base.DatabaseWrapper.Database


class Cursor(base.SQLiteCursorWrapper):
    def convert_query(self, query: str, *, param_names: list[str] | None = None) -> str:
        return (
            _with_question_marks(query)
            if param_names is None
            else super().convert_query(query, param_names=param_names)
        )


class Statement(CursorWrapper):
    def execute(self, sql: Any, params: Any = None) -> Any:
        if type(params) not in (list, tuple) or self.db.execute_wrappers or not apps.ready:
            return super().execute(sql, params)
        self.db.validate_no_broken_transaction()
        try:
            return Database.Cursor.execute(self.cursor, _with_question_marks(sql), params)
        except Database.Error:
            with self.db.wrap_database_errors:
                raise


class DatabaseWrapper(base.DatabaseWrapper):
    def cursor(self) -> CursorWrapper:
        if self.connection is None or self.queries_logged or not self.health_check_done:  # type: ignore[attr-defined]
            return super().cursor()
        self.validate_thread_sharing()
        return Statement(self.connection.cursor(factory=Cursor), self)

    def create_cursor(self, name: Any = None) -> Cursor:
        cursor: Cursor = self.connection.cursor(factory=Cursor)
        return cursor


@functools.lru_cache(maxsize=MOST_KEPT)
def _with_question_marks(query: str) -> str:
    return str(base.FORMAT_QMARK_REGEX.sub("?", query)).replace("%%", "%")
