"""Too many at once are told when to come back, and keep their text. Trouble with the disk is said kindly."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import OperationalError
from django.test import Client

from tests import make
from tips.guard import buckets
from tips.pages.models import Page

pytestmark = pytest.mark.django_db


def test_the_limit_answers_429_with_the_time_to_wait_and_the_text(settings):
    settings.FORM_LIMITS = "share=2/3600"
    vik = Client()
    for number in range(2):
        assert (
            vik.post("/share/", make.filled(vik, "/share/", **make.story(title=f"Number {number}"))).status_code == 303
        )
    answer = vik.post("/share/", make.filled(vik, "/share/", **make.story(title="One too many")))
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 1801
    assert "seized" in answer.content.decode()
    assert Page.objects.count() == 2


def test_a_form_that_was_refused_costs_nothing(settings):
    settings.FORM_LIMITS = "share=1/3600"
    vik = Client()
    for _ in range(5):
        vik.post("/share/", make.filled(vik, "/share/", **make.story(title="")))
    assert vik.post("/share/", make.filled(vik, "/share/", **make.story())).status_code == 303


def test_a_bucket_fills_again_with_time(settings):
    settings.FORM_LIMITS = "share=2/60"
    taken = [buckets.take("share", "vik", now=make.NOW) for _ in range(3)]
    assert taken[:2] == [0, 0]
    assert taken[2] > 0
    assert buckets.take("share", "vik", now=make.NOW + timedelta(seconds=taken[2])) == 0
    assert buckets.take("share", "somebody else", now=make.NOW) == 0


@pytest.mark.parametrize("message", ["database is locked", "database or disk is full", "disk I/O error"])
def test_a_full_disk_or_a_locked_database_keeps_the_text(message):
    vik = Client()
    data = make.filled(vik, "/share/", **make.story())
    with patch("tips.sharing.flows.propose_page", side_effect=OperationalError(message)):
        answer = vik.post("/share/", data)
    assert answer.status_code == 503
    assert answer["Retry-After"]
    assert "seized" in answer.content.decode()
    assert vik.post("/share/", data).status_code == 303
