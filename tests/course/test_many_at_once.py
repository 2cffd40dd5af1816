"""Scenario 8: twelve people ask for one address in the same moment, and press its button together."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from tests.course.mailbox import Mailbox, link_of
from tips.course import flows
from tips.course.models import ConsentEvent, Enrolment

CROWD = 12
REQUESTS = 100


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
