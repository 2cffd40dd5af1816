"""The site with its own texts, and people who come to it."""

import pytest

from backsite.management.commands.load_content import load_everything
from tests.journeys.people import Letterbox, Visitor


@pytest.fixture(autouse=True)
def content(db):
    """The texts that the site comes with: a journey begins where a visitor does."""
    load_everything()


@pytest.fixture
def vik():
    return Visitor()


@pytest.fixture
def ana():
    return Visitor()


@pytest.fixture
def stranger():
    return Visitor()


@pytest.fixture
def letterbox():
    return Letterbox()
