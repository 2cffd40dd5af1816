"""Scenario 8: twelve people ask for one address in the same moment, and press its button together."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection, transaction
from django.test import Client

from tests.course.mailbox import Mailbox, hidden_token, link_of
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
def test_08_a_hundred_people_send_the_form_for_one_address_and_it_gets_one_letter():
    """Each from a network of their own, so no limit of a connection stops them: what was mailed lately does."""

    def send(browser, token):
        try:
            return browser.post("/course/", {"form_token": token, "email": "ana@example.org", "consent": "on"})
        finally:
            connection.close()

    browsers = [Client(REMOTE_ADDR=f"198.{number}.100.1") for number in range(1, REQUESTS + 1)]
    tokens = [hidden_token(browser.get("/course/").content.decode()) for browser in browsers]
    with ThreadPoolExecutor(CROWD) as pool:
        answers = list(pool.map(send, browsers, tokens))

    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(303, "/course/check-your-mail/")}
    asked_at = Enrolment.objects.get().asked_at
    mailbox = Mailbox()
    # The last of the hundred asked some seconds later.
    assert len(mailbox.work(asked_at + timedelta(minutes=10))) == 1
    later = mailbox.work(asked_at + timedelta(hours=24, minutes=10))
    assert [mail["Subject"] for mail in later] == ["Your lessons are still waiting"]
    assert ConsentEvent.objects.filter(event="requested").count() == REQUESTS


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
