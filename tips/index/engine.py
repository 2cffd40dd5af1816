"""Which backend answers: the one of the database that is connected."""

from django.db import connection

from tips.index.backend import Backend
from tips.index.postgres import PostgresBackend
from tips.index.sqlite import SqliteBackend

BACKENDS: dict[str, Backend] = {"sqlite": SqliteBackend(), "postgresql": PostgresBackend()}


def engine() -> Backend:
    return BACKENDS[connection.vendor]
