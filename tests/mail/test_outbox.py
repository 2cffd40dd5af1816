"""A room puts a mail into the outbox, takes it out again, or shuts an address out."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction

from tips.mail import outbox
from tips.mail.errors import Uncertain
from tips.mail.models import WIPED, Delivery, State, Suppression

WRITERS = 6


def test_the_same_key_gives_the_same_mail(compose, work, post):
    first = compose(key="received:1")
    second = compose(key="received:1", to="other@example.org")

    assert first.pk == second.pk
    assert second.recipient == "ana@example.org"
    assert work() == 1
    assert [envelope.to for envelope in post.taken] == ["ana@example.org"]


@pytest.mark.django_db(transaction=True)
def test_composing_outside_a_transaction_is_refused(now):
    with pytest.raises(transaction.TransactionManagementError):
        outbox.compose("note", to="ana@example.org", context={}, key="k", now=now)
    assert not Delivery.objects.exists()


def test_a_rollback_leaves_no_mail(compose, work):
    with transaction.atomic():
        compose()
        transaction.set_rollback(True)

    assert work() == 0


def test_a_mail_waits_until_it_is_due(compose, work, post, now):
    compose(due=now + timedelta(days=3))

    assert work(now + timedelta(days=3, seconds=-1)) == 0
    assert work(now + timedelta(days=3)) == 1
    assert len(post.taken) == 1


def test_the_urgent_goes_first_and_then_the_oldest(compose, work, post, now):
    compose("late@example.org", due=now)
    compose("early@example.org", due=now - timedelta(hours=1))
    compose("urgent@example.org", priority=1)

    work()

    assert [envelope.to for envelope in post.taken] == ["urgent@example.org", "early@example.org", "late@example.org"]


def test_cancelling_a_group_stops_its_open_mails_only(compose, work, post, now):
    compose("sent@example.org", group="enrolment:5")
    work()
    compose("open@example.org", group="enrolment:5")
    compose("other@example.org", group="enrolment:6")

    assert outbox.cancel("enrolment:5") == 1
    assert outbox.cancel("enrolment:5") == 0

    work()
    assert [envelope.to for envelope in post.taken] == ["sent@example.org", "other@example.org"]


def test_a_mail_that_is_alone_takes_the_place_of_the_one_before(compose, work, post, now):
    first = compose("first@example.org", group="lessons:5", alone=True)
    second = compose("second@example.org", group="lessons:5", alone=True)
    compose("other@example.org", group="lessons:6", alone=True)
    compose("beside@example.org", group="lessons:5")

    first.refresh_from_db()
    assert first.state == State.CANCELLED
    assert compose(key=second.idem_key, group="lessons:5", alone=True) == second
    work()
    assert {envelope.to for envelope in post.taken} == {
        "second@example.org",
        "other@example.org",
        "beside@example.org",
    }


def test_a_mail_on_the_wire_is_called_back_for_the_one_that_takes_its_place(compose, work, now):
    class Slow:
        def send(self, envelope):
            if envelope.to == "first@example.org":
                compose("second@example.org", group="lessons:5", alone=True)
            raise Uncertain("no reply")

    first = compose("first@example.org", group="lessons:5", alone=True)
    work(transport=Slow())

    first.refresh_from_db()
    assert first.state == State.CANCELLED
    assert Delivery.objects.unfinished().get().recipient == "second@example.org"


def test_the_database_refuses_a_second_mail_that_should_be_alone(compose):
    compose(group="lessons:5", alone=True)
    beside = compose(group="lessons:5")
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.filter(pk=beside.pk).update(alone=True)


@pytest.mark.django_db(transaction=True)
def test_whoever_writes_at_the_same_moment_one_mail_is_alone(compose):
    def write(_number):
        try:
            start.wait()
            compose(group="lessons:5", alone=True)
        finally:
            connection.close()

    start = Barrier(WRITERS)
    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write, range(WRITERS)))

    assert Delivery.objects.unfinished().count() == 1
    assert Delivery.objects.filter(state=State.CANCELLED).count() == WRITERS - 1


def test_there_is_no_cancelling_of_mails_without_a_group(compose):
    compose()
    with pytest.raises(ValueError, match="no group"):
        outbox.cancel("")


def test_a_mail_cancelled_while_on_the_wire_is_not_tried_again(compose, post, work, now):
    delivery = compose(group="enrolment:5")

    class Slow:
        def send(self, envelope):
            outbox.cancel("enrolment:5")
            raise Uncertain("no reply")

    work(transport=Slow())

    delivery.refresh_from_db()
    assert delivery.state == State.CANCELLED
    assert work(now + timedelta(days=9)) == 0


def test_a_suppressed_address_gets_nothing_however_it_is_written(compose, work, post, now):
    outbox.suppress(" Ana@Example.org", "complaint", now)
    outbox.suppress("ana@example.org", "5.1.1", now)
    delivery = compose("ana@example.org")

    assert work() == 1

    delivery.refresh_from_db()
    assert (delivery.state, delivery.last_reason) == (State.CANCELLED, "suppressed")
    assert not post.tried
    assert Suppression.objects.get().reason == "complaint"


def test_a_lifted_suppression_lets_mail_through(compose, work, post, now):
    outbox.suppress("ana@example.org", "5.1.1", now)
    outbox.lift("ana@example.org")
    compose()
    work()

    assert not outbox.is_suppressed("ana@example.org")
    assert len(post.taken) == 1


def test_finished_mails_are_forgotten_and_open_ones_kept(compose, work, now):
    compose("done@example.org")
    work()
    waiting = compose("open@example.org", due=now + timedelta(days=60))

    assert outbox.forget_finished(before=now) == 0
    assert outbox.forget_finished(before=now + timedelta(days=1)) == 1
    assert list(Delivery.objects.all()) == [waiting]


@pytest.mark.parametrize(
    "change",
    [
        {"state": "lost"},
        {"policy": "maybe"},
        {"state": State.ACCEPTED, "due_at": None},  # with recipient and context still there
        {"state": State.SENDING, "due_at": None},  # without a lease
        {"state": State.REJECTED, **WIPED},  # still due
    ],
)
def test_the_database_refuses_a_row_that_makes_no_sense(compose, change):
    delivery = compose()
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.filter(pk=delivery.pk).update(**change)
