import pytest

from backsite.management.commands.load_content import load_everything


@pytest.fixture
def content(db):
    """The site's own texts."""
    load_everything()
