"""Workers are killed at every point; what they had in hand is neither lost nor sent about at random."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tips.mail.models import Delivery, DeliveryAttempt, State

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).parents[2]
KILLS = 40
MAILS = 150


class Nursery:
    """A process that forks workers (see worker.py) and outlives them."""

    def __init__(self, port: int, now) -> None:
        keys = ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")
        given = {
            "DATABASES": {"default": {key: connection.settings_dict[key] for key in keys}},
            "DEFAULT_AUTO_FIELD": settings.DEFAULT_AUTO_FIELD,
            "DEFAULT_FROM_EMAIL": settings.DEFAULT_FROM_EMAIL,
            "EMAIL_URL": f"smtp://127.0.0.1:{port}",
            "INSTALLED_APPS": ["tips.mail"],
            "KEYS_DIR": str(settings.KEYS_DIR),
            "USE_TZ": True,
        }
        self.now = now
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.mail.worker"],
            cwd=ROOT,
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "tests.mail.worker_settings",
                "WORKER_SETTINGS": json.dumps(given, default=str),
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdin
        assert self.process.stdout
        self.orders, self.news = self.process.stdin, self.process.stdout

    def fork(self, *, later=timedelta(0), limit=10, lease=600.0, die="") -> int:
        order = {"now": (self.now + later).isoformat(), "limit": limit, "lease": lease, "die": die}
        self.orders.write(json.dumps(order) + "\n")
        self.orders.flush()
        return int(self.news.readline())

    def wait_until_gone(self) -> None:
        assert self.news.readline() == "gone\n"

    def close(self) -> None:
        self.orders.close()
        self.process.wait(60)
        self.news.close()


@pytest.fixture
def nurseries(peer, now):
    made = []

    def open_one():
        made.append(Nursery(peer.port, now))
        return made[-1]

    yield open_one
    for nursery in made:
        nursery.close()


def kill(nursery, pid):
    os.kill(pid, signal.SIGKILL)
    nursery.wait_until_gone()


def end_leases():
    Delivery.objects.filter(lease_until__isnull=False).update(lease_until="2020-01-01T00:00:00Z")


def test_forty_kills_lose_nothing_and_every_copy_is_the_same_mail(compose, peer, nurseries):
    deliveries = [compose(f"reader{number}@example.org") for number in range(MAILS)]
    nursery, chance = nurseries(), random.Random(40)
    for _ in range(KILLS):
        seen = len(peer.mails)
        worker = nursery.fork(lease=0.3)
        peer.wait_for(seen + chance.randint(1, 3))
        time.sleep(chance.random() * 0.02)
        kill(nursery, worker)
    # One in peace finds out what is doubtful, one ten minutes later sends that again.
    for later in (timedelta(0), timedelta(minutes=10)):
        nursery.fork(later=later, lease=5)
        nursery.wait_until_gone()

    copies = Counter(mail.message_id for mail in peer.mails)
    assert set(copies) == {delivery.message_id for delivery in deliveries}
    assert copies.total() - MAILS <= KILLS
    assert max(copies.values()) <= 2
    assert len({mail.content for mail in peer.mails}) == MAILS
    assert Counter(Delivery.objects.values_list("state", flat=True)) == {State.ACCEPTED: MAILS}
    assert DeliveryAttempt.objects.filter(outcome="uncertain").exists()  # some kills hit a mail on the wire


@pytest.mark.parametrize(("moment", "copies_before"), [("before", 0), ("after", 1)])
@pytest.mark.parametrize(("policy", "copies_after"), [("retry", 1), ("hold", 0)])
def test_killed_around_the_sending_a_mail_is_uncertain_and_goes_by_its_policy(
    compose, peer, nurseries, moment, copies_before, policy, copies_after
):
    delivery = compose(policy=policy)
    nursery = nurseries()
    nursery.fork(die=moment)
    nursery.wait_until_gone()
    delivery.refresh_from_db()
    assert (delivery.state, len(peer.mails)) == (State.SENDING, copies_before)

    end_leases()
    nursery.fork()
    nursery.wait_until_gone()
    delivery.refresh_from_db()
    assert (delivery.state, len(peer.mails)) == (State.UNCERTAIN, copies_before)

    nursery.fork(later=timedelta(minutes=10))
    nursery.wait_until_gone()
    delivery.refresh_from_db()
    assert delivery.state == (State.ACCEPTED if policy == "retry" else State.UNCERTAIN)
    assert len(peer.mails) == copies_before + copies_after
    assert len({mail.content for mail in peer.mails}) <= 1


def test_killed_while_the_server_ponders_a_mail_comes_twice_at_most(compose, peer, nurseries):
    delivery = compose()
    nursery = nurseries()
    peer.hold_verdicts.set()
    worker = nursery.fork()
    peer.wait_for(1)
    kill(nursery, worker)
    peer.hold_verdicts.clear()
    end_leases()
    for later in (timedelta(0), timedelta(minutes=10), timedelta(days=9)):
        nursery.fork(later=later)
        nursery.wait_until_gone()

    assert [mail.message_id for mail in peer.mails] == [delivery.message_id] * 2
    assert peer.mails[0].content == peer.mails[1].content


def test_killed_before_the_fence_a_mail_is_simply_taken_again(compose, peer, nurseries):
    delivery = compose()
    nursery = nurseries()
    nursery.fork(die="rendering")
    nursery.wait_until_gone()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == (State.LEASED, 0)

    end_leases()
    nursery.fork()
    nursery.wait_until_gone()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, len(peer.mails)) == (State.ACCEPTED, 1, 1)


def test_two_workers_at_once_send_everything_once(compose, peer, nurseries):
    deliveries = [compose(f"reader{number}@example.org") for number in range(60)]
    both = [nurseries(), nurseries()]
    for nursery in both:
        nursery.fork(limit=3)
    for nursery in both:
        nursery.wait_until_gone()

    copies = Counter(mail.message_id for mail in peer.mails)
    assert copies == {delivery.message_id: 1 for delivery in deliveries}
    assert peer.connections == 2
    assert Counter(Delivery.objects.values_list("state", flat=True)) == {State.ACCEPTED: 60}


def test_a_worker_frozen_past_its_lease_adds_one_copy_at_most(compose, peer, nurseries):
    delivery = compose()
    frozen, other = nurseries(), nurseries()
    peer.hold_verdicts.set()
    worker = frozen.fork()
    peer.wait_for(1)
    os.kill(worker, signal.SIGSTOP)
    peer.hold_verdicts.clear()
    end_leases()
    other.fork()
    other.wait_until_gone()
    delivery.refresh_from_db()
    assert (delivery.state, len(peer.mails)) == (State.UNCERTAIN, 1)

    os.kill(worker, signal.SIGCONT)
    frozen.wait_until_gone()
    other.fork(later=timedelta(days=1))
    other.wait_until_gone()
    delivery.refresh_from_db()
    assert (delivery.state, len(peer.mails)) == (State.ACCEPTED, 1)
