"""Scenario 8: twelve people ask for one address in the same moment, and press its button together."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection, transaction

from tests.course.mailbox import Mailbox, link_of
from tips.course import flows, progress
from tips.course.models import ConsentEvent, Enrolment, LessonSent, State
from tips.mail.models import Delivery

CROWD = 12
REQUESTS = 100
WAITS_FOR_A_LOCK = """
SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))
"""


def together(act):
    start = Barrier(CROWD)

    def one(_number):
        try:
            start.wait()
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(CROWD) as pool:
        return list(pool.map(one, range(CROWD)))


@pytest.mark.django_db(transaction=True)
def test_one_letter_and_one_start(now):
    together(lambda: flows.request(email="ana@example.org", place="/course/", now=now))
    assert Enrolment.objects.count() == 1
    (letter,) = Mailbox().work(now)
    token = link_of(letter, "/course/confirm/").split("/")[-2]
    assert sorted(together(lambda: flows.confirm(token=token, now=now))) == [False] * (CROWD - 1) + [True]
    assert ConsentEvent.objects.filter(event="confirmed").count() == 1


@pytest.mark.django_db(transaction=True)
def test_08_a_hundred_requests_for_one_address_bring_one_letter(now):
    def ask(_number):
        try:
            flows.request(email="ana@example.org", place="/course/", now=now)
        finally:
            connection.close()

    with ThreadPoolExecutor(CROWD) as pool:
        list(pool.map(ask, range(REQUESTS)))
    mailbox = Mailbox()
    assert len(mailbox.work(now)) == 1
    assert [mail["Subject"] for mail in mailbox.work(now + timedelta(hours=24))] == ["Your lessons are still waiting"]


def until_somebody_waits() -> None:
    for _ in range(3_000):
        with connection.cursor() as cursor:
            cursor.execute(WAITS_FOR_A_LOCK)
            if cursor.fetchone()[0]:
                return
        time.sleep(0.01)
    raise AssertionError("nobody waited for the erasing")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="on SQLite one writes after the other")
@pytest.mark.django_db(transaction=True)
def test_15_an_acceptance_during_an_erasing_waits_for_it_and_then_writes_nothing(enrol, now):
    enrol()
    delivery = Delivery.objects.get(idem_key=LessonSent.objects.get().delivery_key)

    def accept() -> None:
        try:
            with transaction.atomic():
                progress.advance(delivery, now + timedelta(hours=1))
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as worker:
        with transaction.atomic():
            flows.erase(Enrolment.objects.get(), now=now)
            accepting = worker.submit(accept)
            until_somebody_waits()
        accepting.result(60)
    row = Enrolment.objects.get()
    assert (row.state, row.last_at, LessonSent.objects.count()) == (State.ERASED, None, 0)
