"""Ana opens her course with the code from a lesson."""

import pytest

from tests.course.mailbox import hidden_token, link_of
from tips.course.models import Enrolment, State


@pytest.fixture
def today(monkeypatch, now):
    monkeypatch.setattr("tips.guard.forms.timezone.now", lambda: now)
    monkeypatch.setattr("tips.course.views.timezone.now", lambda: now)


@pytest.fixture
def code(enrol):
    return link_of(enrol(), "/course/me/").partition("#")[2]


def test_the_code_shows_what_was_sent_and_what_is_to_come(code, fill_in, today):
    answer = fill_in("/course/me/", {"code": code})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Story and safety first, sent on" in page
    assert page.count("to come</span>") == 7
    assert not answer.cookies


def test_its_button_stops_the_course(code, fill_in, client, today):
    page = fill_in("/course/me/", {"code": code}).content.decode()
    client.post(page.partition('action="/u/')[2].partition('"')[0].join(["/u/", ""]))
    assert Enrolment.objects.get().state == State.UNSUBSCRIBED
    again = fill_in("/course/me/", {"code": code}).content.decode()
    assert "Stop the course" not in again


@pytest.mark.parametrize("typed", ["", "wrong", "\x00", "\u202eolleh", "x" * 5_000, "<b>"])
def test_a_wrong_code_gets_a_kind_answer(typed, code, fill_in, today):
    answer = fill_in("/course/me/", {"code": typed})
    assert answer.status_code == 422
    assert "Stop the course" not in answer.content.decode()


def test_trying_many_codes_is_slowed_down(client, db):
    token = hidden_token(client.get("/course/me/").content.decode())
    answers = [client.post("/course/me/", {"form_token": token, "code": f"guess-{n}"}) for n in range(12)]
    assert answers[-1].status_code == 429
    assert int(answers[-1]["Retry-After"]) > 0


def test_a_confirmation_link_does_not_open_it(ask, mailbox, lessons, fill_in, now, today):
    ask()
    (letter,) = mailbox.work(now)
    assert fill_in("/course/me/", {"code": link_of(letter, "/course/confirm/").split("/")[-2]}).status_code == 422
