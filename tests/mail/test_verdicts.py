"""Scenario 9, as far as it is the outbox: what follows from each kind of answer (later, never, our fault, in doubt)."""

from datetime import timedelta

import pytest

from tips.mail import outbox
from tips.mail.errors import (
    Gone,
    LockedOut,
    OurFault,
    Permanent,
    Temporary,
    Uncertain,
    Unreachable,
    Unwanted,
)
from tips.mail.models import FINAL, Delivery, DeliveryAttempt, ProviderPause, State, Suppression
from tips.mail.sending import Purpose, send_due

MINUTE = timedelta(minutes=1)


def is_wiped(delivery):
    delivery.refresh_from_db()
    parts = (delivery.sealed_to, delivery.sealed_context, delivery.sealed_body, delivery.to_digest)
    return not any(parts) and delivery.due_at is None and delivery.lease_until is None


def test_an_accepted_mail_is_wiped_and_noted(compose, work):
    delivery = compose()
    work()

    assert is_wiped(delivery)
    assert (delivery.state, delivery.last_code, delivery.attempts) == (State.ACCEPTED, "250 2.0.0", 1)
    assert [(line.number, line.outcome) for line in delivery.journal.all()] == [(1, "accepted")]


def test_a_temporary_refusal_is_tried_again_with_the_same_bytes(compose, work, post, now):
    delivery = compose()
    post.answers["ana@example.org"] = [Temporary("451 4.7.1")]

    work()

    assert work(now + 4 * MINUTE) == 0
    assert work(now + 5 * MINUTE) == 1
    first, second = post.tried
    assert first.body == second.body
    assert first.message_id == second.message_id == delivery.message_id


def test_after_five_days_of_refusals_the_mail_is_given_up(compose, work, post, now):
    delivery = compose()
    post.answers["ana@example.org"] = [Temporary("450")] * 99
    waits, moment = [], now
    while Delivery.objects.filter(due_at__isnull=False).exists():
        due = Delivery.objects.get().due_at
        waits.append((due - moment) / MINUTE)
        moment = due
        work(moment)

    assert waits == [0, 5, 15, 60, 240, 720, 1440, 1440, 1440, 1440]
    assert is_wiped(delivery)
    assert delivery.state == State.DEAD


def test_a_lasting_refusal_ends_the_mail_and_suppresses_nobody(compose, work, post):
    delivery = compose()
    post.answers["ana@example.org"] = [Permanent("554 5.6.0")]
    work()

    assert is_wiped(delivery)
    assert delivery.state == State.REJECTED
    assert not Suppression.objects.exists()


def test_an_address_that_does_not_exist_gets_no_other_mail(compose, work, post, now):
    delivery = compose()
    post.answers["ana@example.org"] = [Gone("550 5.1.1")]
    work()
    later = compose()
    work()

    assert is_wiped(delivery)
    assert delivery.state == State.REJECTED
    assert is_wiped(later)
    assert later.state == State.CANCELLED
    assert outbox.is_suppressed("ana@example.org")
    assert len(post.tried) == 1


def test_a_fault_of_ours_pauses_everything_and_counts_for_nobody_m09(compose, work, post, now):
    first, second = compose("ana@example.org"), compose("vik@example.org")
    post.answers["ana@example.org"] = [OurFault("554 5.7.1")]

    assert work() == 1
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.attempts) == (State.DEFERRED, 0)
    assert (second.state, second.attempts) == (State.SCHEDULED, 0)
    assert ProviderPause.objects.get().code == "554 5.7.1"
    assert work(now + 59 * timedelta(seconds=1)) == 0

    # The others go before the mail that brought the fault.
    assert work(now + MINUTE) == 1
    assert [envelope.to for envelope in post.taken] == ["vik@example.org"]
    assert not ProviderPause.objects.exists()
    assert work(now + 5 * MINUTE) == 1
    assert not Suppression.objects.exists()


def test_a_lasting_fault_lengthens_the_pause_up_to_a_quarter_of_an_hour(compose, work, post, now):
    delivery = compose()
    post.answers["ana@example.org"] = [LockedOut("535 5.7.8")] * 7
    pauses, moment = [], now
    for _ in range(7):
        assert work(moment) == 1
        until = ProviderPause.objects.get().until
        pauses.append((until - moment) / MINUTE)
        moment = until

    assert pauses == [1, 2, 4, 8, 15, 15, 15]
    assert work(moment) == 1
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == (State.ACCEPTED, 1)


def test_a_mail_that_the_provider_never_wants_is_given_up_without_blame(compose, work, post, now):
    delivery = compose()
    post.answers["ana@example.org"] = [OurFault("554 5.7.1")] * 99
    for hours in range(200):
        work(now + timedelta(hours=hours))

    delivery.refresh_from_db()
    assert delivery.state == State.REJECTED
    assert not Suppression.objects.exists()


def test_a_server_that_cannot_be_reached_costs_one_mail_an_attempt_only(compose, work, post, now):
    deliveries = [compose(f"reader{number}@example.org") for number in range(5)]
    post.answers["reader0@example.org"] = [Unreachable("connection")]

    assert work() == 1
    for delivery in deliveries:
        delivery.refresh_from_db()
    assert [delivery.attempts for delivery in deliveries] == [1, 0, 0, 0, 0]
    assert work(now + MINUTE) == 4


def test_without_a_reply_the_same_mail_goes_out_once_more_and_then_waits_for_a_person(compose, work, post, now):
    delivery = compose()
    post.answers["ana@example.org"] = [Uncertain("no reply")] * 2

    work()
    assert work(now + 9 * MINUTE) == 0
    assert work(now + 10 * MINUTE) == 1
    assert work(now + timedelta(days=9)) == 0
    assert list(Delivery.objects.held()) == [delivery]
    assert len({(envelope.body, envelope.message_id) for envelope in post.tried}) == 1

    assert outbox.send_again(delivery.pk, now=now)
    assert work() == 1
    assert is_wiped(delivery)
    assert delivery.state == State.ACCEPTED


def test_a_mail_that_must_not_come_twice_is_held_at_once(compose, work, post, now):
    delivery = compose(policy="hold")
    post.answers["ana@example.org"] = [Uncertain("no reply")]
    work()

    assert list(Delivery.objects.held()) == [delivery]
    assert work(now + timedelta(days=9)) == 0
    assert outbox.give_up(delivery.pk, now=now)
    assert not outbox.send_again(delivery.pk, now=now)
    delivery.refresh_from_db()
    assert not delivery.sealed_to
    assert not delivery.sealed_body
    assert work() == 1
    assert is_wiped(delivery)
    assert (delivery.state, len(post.tried)) == (State.DEAD, 1)


def test_held_mails_are_not_kept_for_ever(compose, work, post, now):
    delivery = compose(policy="hold")
    post.answers["ana@example.org"] = [Uncertain("no reply")]
    work()

    assert outbox.give_up_held(before=now, now=now) == 0
    assert outbox.give_up_held(before=now + timedelta(days=30), now=now) == 1
    work()
    assert is_wiped(delivery)
    assert len(post.tried) == 1


def test_a_mail_that_lost_its_point_is_cancelled_at_rendering(compose, work, post):
    def render(_delivery, _context):
        raise Unwanted("page is gone")

    delivery = compose()
    work(purpose=Purpose(render))

    assert is_wiped(delivery)
    assert (delivery.state, delivery.last_code) == (State.CANCELLED, "page is gone")
    assert not post.tried


def test_a_purpose_unknown_to_this_release_is_left_to_the_next(compose, work, post, now):
    delivery = compose()
    send_due({}, now=now, transport=post)

    delivery.refresh_from_db()
    assert (delivery.state, delivery.last_code) == (State.DEFERRED, "no purpose")
    assert work(now + 5 * MINUTE) == 1
    assert len(post.taken) == 1


def test_a_mail_whose_key_is_missing_waits_for_it(compose, work, post, now, settings, tmp_path):
    delivery = compose()
    with_key, settings.KEYS_DIR = settings.KEYS_DIR, tmp_path / "not there"
    work()
    settings.KEYS_DIR = with_key

    delivery.refresh_from_db()
    assert (delivery.state, delivery.last_code) == (State.DEFERRED, "key")
    assert work(now + 5 * MINUTE) == 1
    assert len(post.taken) == 1


@pytest.mark.parametrize("error", [Temporary, Unreachable, Uncertain, OurFault, LockedOut, Gone, Permanent])
def test_every_attempt_is_in_the_journal_and_no_row_is_left_in_hand(compose, work, post, error):
    compose()
    post.answers["ana@example.org"] = [error("code")]
    work()

    assert DeliveryAttempt.objects.get().code == "code"
    state = Delivery.objects.get().state
    assert state in {*FINAL, State.SCHEDULED, State.DEFERRED, State.UNCERTAIN}
