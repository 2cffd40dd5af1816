"""Searches without result: seen three times, counted by day, and nothing about who asked."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import FieldDoesNotExist
from django.db import DatabaseError
from django.test import Client

from tests import make
from tips.index.query import parse
from tips.search import flows, missed
from tips.search.models import Unanswered

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)


def look_for(words: str, times: int = 1, **more: str) -> None:
    for _ in range(times):
        Client().get("/search/", {"q": words, **more})


def kept() -> dict[str, int]:
    return dict(Unanswered.objects.values_list("words", "times"))


def test_twice_leaves_nothing_and_three_times_a_line():
    look_for("wobbleboard", 2)
    assert kept() == {}
    look_for("Wobbleboard!")
    assert kept() == {"wobbleboard": 3}


def test_what_is_found_is_not_counted():
    make.page("Wobbleboard", "My wobbleboard helped.")
    look_for("wobbleboard", 3)
    assert kept() == {}


def test_days_are_counted_apart_and_two_on_each_are_never_three():
    for day in (TODAY, TODAY + timedelta(days=1)):
        for _ in range(2):
            missed.note(parse("wobbleboard"), today=day)
    assert kept() == {}


def test_more_are_added_up():
    for _ in range(7):
        missed.note(parse("wobbleboard"), today=TODAY)
    assert kept() == {"wobbleboard": 6}


@pytest.mark.parametrize(
    "words",
    ["vik@example.org", "call me on 07700 900123", "ba bi bo bu da du fa", "x" * 61, "AB123456C", "I want to die"],
)
def test_what_could_name_somebody_or_tell_of_danger_is_never_kept(words):
    look_for(words, 4)
    assert kept() == {}


def test_a_narrowed_search_is_not_counted():
    look_for("wobbleboard", 3, area="neck")
    assert kept() == {}


def test_there_is_no_place_for_who_asked():
    assert {field.name for field in Unanswered._meta.get_fields()} == {"id", "words", "day", "times"}
    with pytest.raises(FieldDoesNotExist):
        Unanswered._meta.get_field("user")


def test_a_database_that_will_not_write_still_answers(monkeypatch):
    def busy(**_kwargs: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(Unanswered.objects, "get_or_create", busy)
    for _ in range(3):
        assert Client().get("/search/", {"q": "wobbleboard"}).status_code == 200


def test_they_go_after_ninety_days():
    for age in (90, 91):
        Unanswered.objects.create(words=f"age {age}", day=TODAY - timedelta(days=age), times=3)
    flows.forget_unanswered(today=TODAY)
    assert kept() == {"age 90": 3}
