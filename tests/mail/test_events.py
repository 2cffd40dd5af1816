"""Scenario 14: what a provider tells later. Once, in any order, and never held against a reader who did nothing."""

from datetime import timedelta
from itertools import permutations

import pytest

from tests.mail.conftest import NOTE
from tips.mail import events, outbox
from tips.mail.errors import Uncertain
from tips.mail.events import Event
from tips.mail.models import Delivery, Fate, ProviderEvent, SoftBounce, State, Suppression
from tips.mail.sending import Purpose

ANA = "ana@example.org"
DAY = timedelta(days=1)


@pytest.fixture
def tell(db, now):
    """What the provider tells about a mail to Ana; False when it had told before."""

    def tell(kind="bounced", number="1", at=now, purpose=NOTE, of=None, **over):
        ids = frozenset({of.message_id} if of else ())
        event = Event(number, kind, at, **{"recipient": ANA, "message_ids": ids, **over})
        return events.take(event, {"note": purpose}, now=now)

    return tell


def told():
    """All that is remembered, in no order."""
    return (
        sorted(Suppression.objects.values_list("reason", "since")),
        sorted(Delivery.objects.values_list("state", "fate")),
        sorted(SoftBounce.objects.values_list("day")),
    )


def test_a_mailbox_that_does_not_exist_gets_no_more_mail_m14(tell, compose, work):
    tell(reply="550 5.1.1 <ana@example.org>: unknown")
    later = compose()
    work()

    later.refresh_from_db()
    assert (later.state, later.last_reason) == (State.CANCELLED, "suppressed")


@pytest.mark.parametrize(
    "reply", ["550 5.7.1 blocked", "550 5.7.515 not allowed", "452 5.3.0 system", "550 5.1.8 bad sender"]
)
def test_a_refusal_of_our_server_is_held_against_nobody_m14(tell, reply):
    tell(reply=reply, hard=True)

    assert not outbox.is_suppressed(ANA)
    assert not SoftBounce.objects.exists()


def test_what_was_told_before_changes_nothing_m14(tell):
    assert tell("complained")
    assert not tell("complained")
    assert ProviderEvent.objects.count() == 1


def test_the_end_is_the_same_in_whatever_order_it_is_told_m14(compose, work, now):
    """Delivered, bounced softly and for good, complained: in every order of the four."""
    said = [
        Event("1", "delivered", now, ANA),
        Event("2", "bounced", now + 3 * DAY, ANA, reply="550 5.1.1 gone"),
        Event("3", "complained", now + DAY, ANA),
        Event("4", "bounced", now + 2 * DAY, ANA, reply="452 4.2.2 full"),
    ]
    ends = set()
    for number, order in enumerate(permutations(said)):
        for model in (Suppression, SoftBounce, ProviderEvent):
            model.objects.all().delete()
        delivery = compose(f"reader{number}@example.org")
        work()
        for event in order:
            told_of = Event(event.external_id, event.kind, event.at, ANA, frozenset({delivery.message_id}), event.reply)
            assert events.take(told_of, {"note": NOTE}, now=now)
        ends.add(str(told()))
        Delivery.objects.all().delete()

    assert len(ends) == 1
    assert "complaint" in ends.pop()


def test_a_full_mailbox_is_let_be_until_it_was_full_on_five_days_m14(tell, now):
    for day in range(4):
        tell(number=f"{day}", at=now + day * 3 * DAY, reply="552 5.2.2 full")
        tell(number=f"{day} again", at=now + day * 3 * DAY, reply="552 5.2.2 full")
    assert not outbox.is_suppressed(ANA)

    tell(number="last", at=now + 12 * DAY, reply="552 5.2.2 full")
    assert outbox.is_suppressed(ANA)


def test_full_days_long_apart_do_not_add_up_m14(tell, now):
    for week in range(8):
        tell(number=f"{week}", at=now + week * 8 * DAY, reply="552 5.2.2 full")

    assert not outbox.is_suppressed(ANA)


@pytest.mark.parametrize("kind", ["delivered", "bounced", "complained"])
def test_a_mail_in_doubt_is_settled_by_what_is_told_of_it_m14(tell, compose, work, post, now, kind):
    """Its next step happens once, and it does not go out again."""
    followed = []
    purpose = Purpose(NOTE.render, lambda row, moment: followed.append(row.pk))
    delivery = compose()
    post.answers[ANA] = [Uncertain("no reply")]
    work(purpose=purpose)
    tell(kind, of=delivery, purpose=purpose, recipient="")

    delivery.refresh_from_db()
    assert (delivery.state, delivery.fate, followed) == (State.ACCEPTED, kind, [delivery.pk])
    assert work(now + DAY, purpose=purpose) == 0
    assert len(post.tried) == 1


def test_told_while_the_worker_has_not_written_it_down_yet_what_follows_happens_once_m14(tell, compose, work, now):
    followed = []
    purpose = Purpose(NOTE.render, lambda row, moment: followed.append(row.pk))
    delivery = compose()

    class Quick:
        def send(self, envelope):
            tell("delivered", of=delivery, purpose=purpose)
            return "250"

    work(purpose=purpose, transport=Quick())

    delivery.refresh_from_db()
    assert (delivery.state, delivery.fate, followed) == (State.ACCEPTED, Fate.DELIVERED, [delivery.pk])


def test_told_of_somebody_who_was_erased_meanwhile_it_shuts_the_address_out_and_keeps_nothing_m14(
    tell, compose, work, now
):
    delivery = compose()
    work()
    Delivery.objects.all().delete()
    tell("complained", of=delivery)

    assert outbox.is_suppressed(ANA)
    assert not Delivery.objects.exists()


def test_what_was_told_is_forgotten_after_a_while(tell, now):
    tell("complained")
    tell(number="2", reply="552 5.2.2 full")

    assert events.forget(before=now) == 0
    assert events.forget(before=now + events.KEPT) == 3
    assert outbox.is_suppressed(ANA)
