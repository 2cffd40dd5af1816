"""What every test relies on. tests/make.py makes rows; tests/early.py is what comes before Django."""

import os
from pathlib import Path

import hypothesis
import pytest
from django.core.cache import cache
from django.db import connection
from pytest_django import Settings

from backsite import settings as site
from tips.freshness import slots

# The suite counts work, never seconds; pytest-timeout ends what hangs.
hypothesis.settings.register_profile("suite", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("suite")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """On PostgreSQL, what is not let near a database is left out: it was tried beside SQLite, and nothing is different.

    (Programs that the suite starts have a database of their own, or that of a test which asks for one.)
    """
    if connection.vendor != "sqlite":
        for item in items:
            if not _asks_a_database(item):
                item.add_marker(pytest.mark.skip(reason="it asks no database, and is tried beside SQLite"))


def _asks_a_database(item: pytest.Item) -> bool:
    fixtures = {"db", "transactional_db"}.intersection(getattr(item, "fixturenames", ()))
    return bool(fixtures) or item.get_closest_marker("django_db") is not None


@pytest.fixture(autouse=True)
def surroundings_of_its_own(settings: Settings, tmp_path: Path) -> None:
    """No test meets the counters, mail, photos or cached pages of another. (Keys are shared, being made only once.)"""
    settings.SHARED_MEMORY_DIR = tmp_path / "memory"
    settings.MAIL_FOLDER = tmp_path / "mail"
    settings.MEDIA_ROOT = tmp_path / "media"
    # Django's test runner replaces the backend; ours, the outbox, is what is to be tested.
    settings.EMAIL_BACKEND = site.EMAIL_BACKEND
    # Generations that no page was ever cached under: rolled-back rows bump nothing.
    settings.SHARED_MEMORY_DIR.mkdir()
    (settings.SHARED_MEMORY_DIR / "generations").write_bytes(os.urandom(slots.BYTES))
    cache.clear()
