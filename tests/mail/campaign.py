"""SIGKILL at random points, and an account of every mail afterwards."""

import random
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import transaction

from tests.mail.nursery import Nursery, end_leases
from tests.mail.peer import Mail, Peer, free_port
from tips.mail import outbox
from tips.mail.models import Delivery, DeliveryAttempt

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
ENOUGH = 150  # mails that wait whenever a kill is prepared: more than go out before the next, on any machine
LEASES_END = 10  # kills, after which all leases end once
AT_ONCE = 3  # mails of one claim
RANDOM_WAIT = 0.03  # seconds, about what ten mails take


@dataclass(frozen=True)
class Account:
    """What a campaign leaves. `doubts`: mails that a kill hit on the wire; without any, the kills proved nothing."""

    kills: int
    composed: set[str]
    arrived: "Counter[str]"
    contents: int
    held: set[str]
    unfinished: int
    doubts: int

    @property
    def lost(self) -> set[str]:
        """Neither arrived nor before a person's eyes."""
        return self.composed - set(self.arrived) - self.held

    @property
    def copies(self) -> int:
        return self.arrived.total() - len(self.arrived)


def run(*, kills: int, workers: int, policy: str, seed: int) -> Account:
    peer = Peer(free_port())
    peer.start()
    composed: set[str] = set()
    nurseries = [Nursery(peer.port, NOON) for _ in range(workers)]
    try:
        _top_up(composed, policy)
        for _ in _kill(kills, nurseries, peer, random.Random(seed)):
            _top_up(composed, policy)
        _work_off(nurseries[0])
        return _account(kills + workers, composed, peer.mails)
    finally:
        for nursery in nurseries:
            nursery.close()
        peer.stop()


@transaction.atomic
def _top_up(composed: set[str], policy: str) -> None:
    """A worker that was through before it is killed would prove nothing."""
    for _ in range(ENOUGH - Delivery.objects.due(NOON).count()):
        number = len(composed)
        made = outbox.compose(
            "note",
            to=f"reader{number}@example.org",
            context={"subject": "A note", "text": f"Number {number}\n"},
            key=f"note:{number}",
            now=NOON,
            policy=policy,
        )
        composed.add(made.message_id)


def _kill(kills: int, nurseries: list[Nursery], peer: Peer, chance: random.Random) -> Iterator[int]:
    """Always as many workers as nurseries; one after the other dies and another takes its place. Yields after each."""
    at_work = [(nursery, nursery.fork(limit=AT_ONCE)) for nursery in nurseries]
    for number in range(kills):
        peer.wait_for(len(peer.mails) + chance.randint(0, 2))
        time.sleep(chance.random() * RANDOM_WAIT)
        nursery, worker = at_work.pop(chance.randrange(len(at_work)))
        nursery.kill(worker)
        at_work.append((nursery, nursery.fork(limit=AT_ONCE)))
        if number % LEASES_END == 0:
            end_leases_of_the_dead()
        yield number
    for nursery, worker in at_work:
        nursery.kill(worker)


def end_leases_of_the_dead() -> None:
    """What they had only taken is due again. A living worker that loses its row so meets the fence."""
    Delivery.objects.filter(state="leased").update(lease_until="2020-01-01T00:00:00Z")


def _work_off(nursery: Nursery) -> None:
    """Ten minutes later, and once more, what was in doubt goes by its policy."""
    for later in (timedelta(0), timedelta(minutes=10), timedelta(minutes=20)):
        end_leases()
        nursery.work_off(later=later)


def _account(kills: int, composed: set[str], mails: list[Mail]) -> Account:
    return Account(
        kills=kills,
        composed=composed,
        arrived=Counter(mail.message_id for mail in mails),
        contents=len({mail.content for mail in mails}),
        held=set(Delivery.objects.held().values_list("message_id", flat=True)),
        unfinished=Delivery.objects.unfinished().count(),
        doubts=DeliveryAttempt.objects.filter(outcome="uncertain").count(),
    )
