import pytest
from django.test import Client

from tests.course.mailbox import Mailbox, hidden_token
from tips.practice.models import Practice


@pytest.fixture
def mailbox():
    return Mailbox()


@pytest.fixture
def owner(db):
    """Olga has filled in where messages go to."""
    Practice.objects.create(pk=1, name="Olga", notify="olga@example.org", set_up=True)
    return "olga@example.org"


@pytest.fixture
def write(client):
    """Fill in the contact form; `fields` change what Vik usually writes."""

    def write(visitor: Client = client, **fields):
        token = hidden_token(visitor.get("/contact/").content.decode())
        said = {"name": "Vik", "email": "vik@example.org", "message": "Thank you for the stretches.", "consent": "on"}
        sent = {name: value for name, value in {"form_token": token, **said, **fields}.items() if value is not None}
        return visitor.post("/contact/", sent)

    return write
