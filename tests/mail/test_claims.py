"""Who may work on a row: short leases by the clock of the database, and a fence before every sending."""

from datetime import timedelta

import pytest
from django.db import connection

from tips.mail import claims, outbox, verdicts
from tips.mail.errors import Gone
from tips.mail.models import Delivery, State

LONG_AGO = "2020-01-01T00:00:00Z"


def claim(now, **over):
    return claims.claim(**{"now": now, "limit": 10, "lease": claims.LEASE, **over})


class Between:
    """A transport that does something just before the second mail of a batch is fenced."""

    def __init__(self, deed):
        self.deed = deed
        self.taken = []

    def send(self, envelope):
        self.taken.append(envelope.to)
        if len(self.taken) == 1:
            self.deed()
        return "250"


def test_a_claimed_row_is_nobody_elses(compose, now):
    compose()
    assert len(claim(now)) == 1
    assert claim(now) == []


def test_a_claim_takes_no_more_than_its_limit(compose, now):
    for _ in range(5):
        compose()
    assert len(claim(now, limit=3)) == 3
    assert len(claim(now, limit=3)) == 2


@pytest.mark.parametrize("moved", [timedelta(days=60), timedelta(days=-1)])
def test_a_lease_ends_by_the_databases_clock_whatever_now_says(compose, work, now, moved):
    compose(due=now - timedelta(days=2))
    claim(now)
    assert work(now + moved) == 0

    Delivery.objects.update(lease_until=LONG_AGO)
    assert work(now + moved) == 1


def test_a_row_cancelled_after_the_claim_is_not_sent(compose, work):
    compose("ana@example.org")
    compose("vik@example.org", group="enrolment:5")
    between = Between(lambda: outbox.cancel("enrolment:5"))

    assert work(transport=between) == 2
    assert between.taken == ["ana@example.org"]


def test_a_row_suppressed_after_the_claim_is_not_sent(compose, work, now):
    compose("ana@example.org")
    compose("vik@example.org")
    between = Between(lambda: outbox.suppress("vik@example.org", "complaint", now))

    assert work(transport=between) == 2
    assert between.taken == ["ana@example.org"]


def test_a_row_whose_lease_ran_out_after_the_claim_is_left_to_the_next_claim(compose, work):
    compose("ana@example.org")
    late = compose("vik@example.org")
    between = Between(lambda: Delivery.objects.filter(pk=late.pk).update(lease_until=LONG_AGO))

    work(transport=between)
    assert between.taken == ["ana@example.org"]
    work(transport=between)
    assert between.taken == ["ana@example.org", "vik@example.org"]
    late.refresh_from_db()
    assert late.attempts == 1


def test_a_row_claimed_anew_by_another_worker_is_not_sent_by_the_first(compose, work, now):
    compose("ana@example.org")
    late = compose("vik@example.org")

    def another_takes_it():
        Delivery.objects.filter(pk=late.pk).update(lease_until=LONG_AGO)
        claims.take_back(now)
        assert claim(now) == [late]

    between = Between(another_takes_it)
    work(transport=between)
    assert between.taken == ["ana@example.org"]


def test_a_worker_that_slept_past_its_lease_may_still_report_the_acceptance_once(compose, now):
    followed = []
    compose()
    (mine,) = claim(now)
    Delivery.objects.update(state=State.SENDING, lease_until=LONG_AGO)
    claims.take_back(now)
    assert Delivery.objects.get().state == State.UNCERTAIN

    for _ in range(2):
        verdicts.accept(mine, "250", now, lambda row, moment: followed.append(row.pk))

    assert Delivery.objects.get().state == State.ACCEPTED
    assert followed == [mine.pk]


def test_a_late_refusal_does_not_undo_an_acceptance(compose, now):
    compose()
    (mine,) = claim(now)
    verdicts.accept(mine, "250", now, lambda row, moment: None)
    verdicts.settle(mine, Gone("550 5.1.1"), now)

    assert Delivery.objects.get().state == State.ACCEPTED
    assert not outbox.is_suppressed("ana@example.org")


def test_an_idle_round_asks_few_questions(compose, work, now, django_assert_max_num_queries):
    compose(due=now + timedelta(days=1))
    with django_assert_max_num_queries(4):
        assert work() == 0


def test_the_queries_of_a_mail_do_not_depend_on_how_many_wait(compose, work, django_assert_max_num_queries):
    for _ in range(40):
        compose()
    with django_assert_max_num_queries(25):
        assert work(limit=1) == 1


def test_a_claim_reads_its_index_in_order(compose, now):
    compose()
    query = Delivery.objects.due(now).values_list("pk", flat=True)[:10]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # a table of one row is faster read whole
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
    plan = query.explain().lower()

    assert "mail_due" in plan
    assert "sort" not in plan
    assert "temp b-tree" not in plan
