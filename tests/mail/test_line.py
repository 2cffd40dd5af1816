"""One commit a mail: what is written down together, and that the trouble of one mail is never another's."""

import pytest
from django.db import OperationalError, connection

from tips.mail import outbox
from tips.mail.errors import Gone, Uncertain
from tips.mail.letters import Letter
from tips.mail.models import Delivery, State, Suppression
from tips.mail.sending import Purpose

ANA, VIK, MINA = "ana@example.org", "vik@example.org", "mina@example.org"


def write(_delivery, context):
    return Letter(**context)


class Watching:
    """Notes at every sending which mails are begun and not written down."""

    def __init__(self):
        self.begun = []

    def send(self, envelope):
        self.begun.append(list(Delivery.objects.filter(state=State.SENDING).values_list("message_id", flat=True)))
        assert self.begun[-1] == [envelope.message_id]
        return "250"


def test_never_more_than_one_mail_is_begun_and_not_written_down(compose, work):
    for number in range(6):
        compose(f"reader{number}@example.org")
    watching = Watching()
    work(transport=watching)

    assert len(watching.begun) == 6
    assert Delivery.objects.filter(state=State.ACCEPTED).count() == 6


@pytest.mark.django_db(transaction=True)
def test_a_mail_costs_one_commit(compose, work, monkeypatch):
    for number in range(10):
        compose(f"reader{number}@example.org")
    commits, real = [], connection.connection.__class__
    commit = connection._commit
    monkeypatch.setattr(connection, "_commit", lambda: (commits.append(1), commit())[1])
    work()

    assert real
    assert Delivery.objects.filter(state=State.ACCEPTED).count() == 10
    assert len(commits) <= 10 + 3  # the claim, the last acceptance


def test_a_letter_that_cannot_be_written_does_not_undo_the_one_before_it_m10(compose, work, post):
    compose(ANA)
    bad = compose(VIK, context={"unknown": "field"})
    compose(MINA)
    work()

    bad.refresh_from_db()
    assert bad.state == State.DEAD
    assert [envelope.to for envelope in post.taken] == [ANA, MINA]
    assert Delivery.objects.filter(state=State.ACCEPTED).count() == 2


def test_a_room_that_fails_after_one_mail_does_not_stop_the_next(compose, work, post):
    def fail_for_ana(row, _moment):
        if row.pk == first.pk:
            raise LookupError

    first, second = compose(ANA), compose(VIK)
    work(purpose=Purpose(write, fail_for_ana))

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (State.SENDING, State.ACCEPTED)


@pytest.mark.django_db(transaction=True)
def test_a_database_that_fails_while_one_is_written_keeps_the_acceptance_before_it(compose, work, post):
    def render(_delivery, context):
        if post.taken:
            raise OperationalError("database is locked")
        return Letter(**context)

    first, second = compose(ANA), compose(VIK)
    with pytest.raises(OperationalError):
        work(purpose=Purpose(render))

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (State.ACCEPTED, State.LEASED)


def test_nobody_who_left_between_two_mails_is_written_to_and_the_letters_links_are_undone_m07(compose, work, post, now):
    """The reader leaves while the letter is being written: its secret is not kept."""

    def render(delivery, context):
        Suppression.objects.create(address_digest=f"minted for {delivery.pk}", reason="", since=now)
        if delivery.pk == second.pk:
            outbox.cancel("course:5")
        return Letter(**context)

    compose(ANA)
    second = compose(VIK, group="course:5")
    work(purpose=Purpose(render))

    assert [envelope.to for envelope in post.taken] == [ANA]
    assert not Suppression.objects.filter(address_digest=f"minted for {second.pk}").exists()


@pytest.mark.parametrize("end", ["refused", "suppressed", "left", "unwritable"])
def test_a_room_is_told_when_its_mail_is_lost(compose, work, post, now, end):
    lost = []
    purpose = Purpose(write, on_lost=lambda row, _moment: lost.append((row.pk, row.last_reason)))
    delivery = compose(ANA, policy="hold", **({"context": {"unknown": "field"}} if end == "unwritable" else {}))
    if end == "refused":
        post.answers[ANA] = [Gone("550 5.1.1")]
    elif end == "suppressed":
        outbox.suppress(ANA, "complaint", now)
    elif end == "left":
        post.answers[ANA] = [Uncertain("no reply")]
        work(purpose=purpose)
        outbox.give_up(delivery.pk, now=now)
    work(purpose=purpose)

    reasons = {"refused": "no such address", "unwritable": "poison"}
    assert lost == [(delivery.pk, reasons.get(end, end))]


def test_a_room_that_fails_when_told_does_not_keep_the_mail_from_ending(compose, work, post):
    def fail(_row, _moment):
        raise LookupError

    delivery = compose(ANA)
    post.answers[ANA] = [Gone("550 5.1.1")]
    work(purpose=Purpose(write, on_lost=fail))

    delivery.refresh_from_db()
    assert delivery.state == State.REJECTED


def test_a_mail_whose_room_stopped_it_itself_is_not_reported_as_lost(compose, work):
    lost = []
    compose(ANA, group="course:5")
    outbox.cancel("course:5")
    work(purpose=Purpose(write, on_lost=lambda row, _moment: lost.append(row.pk)))

    assert lost == []
