"""Asking without leaving anything behind."""

from collections.abc import Callable

from django.db import transaction

from tests.accounts.people import Answer


def undone(ask: Callable[[], Answer]) -> Answer:
    """What it answers; whatever it changed is as before."""
    mark = transaction.savepoint()
    try:
        return ask()
    finally:
        transaction.savepoint_rollback(mark)
