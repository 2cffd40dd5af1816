"""What the tests of the outbox share: a moment, a way to compose, a transport that answers as told, a peer."""

from collections import defaultdict
from datetime import UTC, datetime
from itertools import count

import pytest
from django.db import transaction

from tests.mail.nursery import Nursery
from tests.mail.peer import Peer, free_port
from tips.mail import outbox
from tips.mail.envelope import Envelope
from tips.mail.errors import NotSent
from tips.mail.letters import Letter
from tips.mail.sending import Purpose, send_due

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
NOTE = Purpose(lambda _delivery, context: Letter(**context))


class Scripted:
    """A transport that raises what `answers` has for an address, one each time, and takes everything else."""

    def __init__(self) -> None:
        self.answers: dict[str, list[NotSent]] = defaultdict(list)
        self.tried: list[Envelope] = []
        self.taken: list[Envelope] = []

    def send(self, envelope: Envelope) -> str:
        self.tried.append(envelope)
        if self.answers[envelope.to]:
            raise self.answers[envelope.to].pop(0)
        self.taken.append(envelope)
        return "250 2.0.0"

    def close(self) -> None:
        pass


@pytest.fixture
def now():
    return NOON


@pytest.fixture
def post():
    """A server that takes everything but what it is told to refuse."""
    return Scripted()


@pytest.fixture
def compose(db):
    numbers = count(1)

    def compose(to="ana@example.org", **over):
        given = {
            "context": {"subject": "A note", "text": "Hello\n"},
            "key": f"note:{next(numbers)}",
            "now": NOON,
        }
        with transaction.atomic():
            return outbox.compose("note", to=to, **{**given, **over})

    return compose


@pytest.fixture
def work(post):
    """One round of the worker at `now`; how many deliveries it took up."""

    def work(now=NOON, purpose=NOTE, transport=post, **over):
        return send_due({"note": purpose}, now=now, transport=transport, **over)

    return work


@pytest.fixture
def peer():
    peer = Peer(free_port())
    peer.start()
    yield peer
    peer.stop()


@pytest.fixture
def nurseries(peer, now):
    """Makes nurseries of workers that send to `peer`."""
    made = []

    def open_one():
        made.append(Nursery(peer.port, now))
        return made[-1]

    yield open_one
    for nursery in made:
        nursery.close()
