from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings as site

from tests.course.mailbox import Mailbox, hidden_token, link_of
from tips.course import flows
from tips.course.loading import load_lessons

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


@pytest.fixture
def now():
    return NOON


@pytest.fixture
def lessons(db):
    """The eight lessons of the site."""
    return load_lessons(Path(site.CONTENT_DIR) / "lessons", now=NOON)


@pytest.fixture
def mailbox():
    return Mailbox()


@pytest.fixture
def ask(db):
    def ask(email="ana@example.org", now=NOON):
        flows.request(email=email, place="/course/", now=now)

    return ask


@pytest.fixture
def enrol(ask, mailbox, lessons):
    """Ask, confirm and get lesson 1; the mail with it."""

    def enrol(email="ana@example.org", now=NOON):
        ask(email, now)
        letter = mailbox.work(now)[-1]
        assert flows.confirm(token=link_of(letter, "/course/confirm/").split("/")[-2], now=now)
        (lesson,) = mailbox.work(now)
        return lesson

    return enrol


@pytest.fixture
def fill_in(client):
    """Read the form at `path` and send it with `fields`."""

    def fill_in(path, fields):
        token = hidden_token(client.get(path).content.decode())
        return client.post(path, {"form_token": token, **fields})

    return fill_in
