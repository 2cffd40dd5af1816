"""Workers are killed at every point; what they had in hand is neither lost nor sent about at random."""

import os
import signal
from collections import Counter
from datetime import timedelta

import pytest

from tests.mail.nursery import end_leases
from tips.mail import outbox
from tips.mail.models import Delivery, State

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(("moment", "copies_before"), [("before", 0), ("after", 1)])
@pytest.mark.parametrize(("policy", "copies_after"), [("retry", 1), ("hold", 0)])
def test_killed_around_the_sending_a_mail_is_uncertain_and_goes_by_its_policy_m02(
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


def test_killed_while_the_server_ponders_a_mail_comes_twice_at_most_m02(compose, peer, nurseries):
    delivery = compose()
    nursery = nurseries()
    peer.hold_verdicts.set()
    worker = nursery.fork()
    peer.wait_for(1)
    nursery.kill(worker)
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


def test_two_workers_at_once_send_everything_once_t06(compose, peer, nurseries):
    deliveries = [compose(f"reader{number}@example.org") for number in range(60)]
    both = [nurseries(), nurseries()]
    peer.hold_verdicts.set()  # or a quick worker is through before the other has begun
    for nursery in both:
        nursery.fork(limit=3)
    peer.wait_for(2)
    peer.hold_verdicts.clear()
    for nursery in both:
        nursery.wait_until_gone()

    copies = Counter(mail.message_id for mail in peer.mails)
    assert copies == {delivery.message_id: 1 for delivery in deliveries}
    assert peer.connections == 2
    assert Counter(Delivery.objects.values_list("state", flat=True)) == {State.ACCEPTED: 60}


def test_a_worker_frozen_past_its_lease_adds_one_copy_at_most_m03(compose, peer, nurseries):
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


def test_four_workers_with_leases_shorter_than_a_batch_send_no_mail_twice_m04(compose, peer, nurseries):
    """Each takes the whole batch of the one before, whose leases ran out with its first mail on the wire."""
    deliveries = [compose(f"reader{number}@example.org") for number in range(40)]
    four = [nurseries() for _ in range(4)]
    peer.hold_verdicts.set()
    for number, nursery in enumerate(four, 1):
        end_leases()
        nursery.fork(limit=40)
        peer.wait_for(number)
    peer.hold_verdicts.clear()  # and now all four go on with what they believe to be theirs
    for nursery in four:
        nursery.wait_until_gone()

    copies = Counter(mail.message_id for mail in peer.mails)
    assert copies == {delivery.message_id: 1 for delivery in deliveries}


def test_nothing_starts_after_somebody_left_and_the_next_is_never_made_m07(compose, peer, nurseries):
    """Readers leave while three workers send: what the server got of each came before, or was the one on the wire.

    Half of them leave while every worker has a mail on the wire, the others while all go on.
    """
    for number in range(120):
        compose(f"reader{number % 40}@example.org", group=f"course:{number % 40}")
    three = [nurseries() for _ in range(3)]
    peer.hold_verdicts.set()
    for nursery in three:
        nursery.fork(limit=20)
    peer.wait_for(3)
    after = []
    for number in range(40):
        if number == 20:
            peer.hold_verdicts.clear()
        outbox.cancel(f"course:{number}")
        on_the_wire = {row.message_id for row in Delivery.objects.filter(group=f"course:{number}", state=State.SENDING)}
        after.append((f"reader{number}@example.org", len(peer.mails), on_the_wire))
    for nursery in three:
        nursery.wait_until_gone()

    for address, before, on_the_wire in after:
        late = [mail.message_id for mail in peer.mails[before:] if mail.to == address]
        assert set(late) <= on_the_wire
        assert len(late) <= 3  # one a worker
    assert not Delivery.objects.unfinished().exists()
    assert Delivery.objects.filter(state=State.CANCELLED).exists()
