"""Only the button confirms. Programs that open links in mails change nothing, however often."""

from datetime import timedelta

import pytest

from tests.course.mailbox import link_of, page_at, text_of
from tips.course import flows
from tips.course.models import CapabilityToken, ConsentEvent, Enrolment, State

ANA = "ana@example.org"


@pytest.fixture
def today(monkeypatch, now):
    """The views take the time from the clock."""
    monkeypatch.setattr("tips.course.views.timezone.now", lambda: now)
    return now


@pytest.fixture
def letter(ask, mailbox, lessons, now):
    ask(ANA, now)
    (letter,) = mailbox.work(now)
    return letter


@pytest.fixture
def button(letter):
    return link_of(letter, "/course/confirm/")


def state():
    return Enrolment.objects.get().state


@pytest.mark.parametrize("method", ["get", "head", "options", "put", "patch", "delete"])
def test_no_other_method_confirms(method, client, button, today):
    for _ in range(3):
        answer = getattr(client, method)(button)
        assert answer.status_code == (200 if method in {"get", "head"} else 405)
        assert not answer.cookies
    assert state() == State.PENDING
    assert client.post(button).status_code == 303, "the link still works for its reader"


def test_the_button_starts_the_course_with_lesson_one(client, button, mailbox, today):
    shown = client.get(button)
    assert b"Yes, send me the lessons" in shown.content
    answer = client.post(button)
    assert (answer.status_code, answer["Location"]) == (303, "/course/confirmed/")
    assert client.get(answer["Location"]).status_code == 200
    (lesson,) = mailbox.work(today)
    assert lesson["Subject"] == "Lesson 1 of 8"
    assert state() == State.ACTIVE


def test_pressing_twice_starts_one_course(client, button, mailbox, today):
    client.post(button)
    again = client.post(button)
    assert again.status_code == 200
    assert "Then all is well" in again.content.decode()
    assert len(mailbox.work(today)) == 1
    assert ConsentEvent.objects.filter(event="confirmed").count() == 1


def test_unknown_and_used_links_get_the_same_page(client, button, today):
    client.post(button)
    pages = {
        page_at(answer, path)
        for path in (button, "/course/confirm/no-such-token/", f"{button[:-2]}/")
        for answer in (client.get(path), client.post(path))
    }
    assert len(pages) == 1
    assert pages.pop()[0] == 200


def test_a_link_is_good_for_seven_days(client, button, monkeypatch, now):
    monkeypatch.setattr("tips.course.views.timezone.now", lambda: now + timedelta(days=7))
    assert client.post(button).status_code == 200
    assert state() == State.PENDING


def test_each_letter_has_a_link_of_its_own_and_either_works(ask, letter, mailbox, now):
    later = now + timedelta(hours=1)
    ask(ANA, later)
    (second,) = mailbox.work(later)
    first, other = (link_of(mail, "/course/confirm/").split("/")[-2] for mail in (letter, second))
    assert first != other
    assert flows.confirm(token=first, now=later)
    assert not flows.confirm(token=other, now=later)


def test_a_used_link_does_not_bring_back_who_left(ask, letter, mailbox, lessons, now):
    token = link_of(letter, "/course/confirm/").split("/")[-2]
    flows.confirm(token=token, now=now)
    (lesson,) = mailbox.work(now)
    flows.leave(word=link_of(lesson, "/u/").removeprefix("/u/"), now=now)
    ask(ANA, now + timedelta(hours=1))
    assert not flows.confirm(token=token, now=now + timedelta(hours=1))
    assert state() == State.PENDING


def test_the_database_knows_no_token(letter):
    token = link_of(letter, "/course/confirm/").split("/")[-2]
    assert len(token) == 22
    assert token not in repr(list(CapabilityToken.objects.values()))


def test_a_page_elsewhere_cannot_press_the_button(client, button, today):
    assert client.post(button, headers={"Origin": "https://elsewhere.example"}).status_code == 403
    assert state() == State.PENDING


def test_a_request_that_nobody_confirms_lapses_and_is_forgotten(letter, now):
    assert flows.expire(now + timedelta(days=6, hours=23)) == 0
    assert flows.expire(now + timedelta(days=7)) == 1
    assert state() == State.EXPIRED
    assert flows.forget(now + timedelta(days=29)) == 0
    assert flows.forget(now + timedelta(days=30)) == 1
    row = Enrolment.objects.get()
    assert (row.address_digest, bytes(row.sealed_address), row.tokens.count()) == ("", b"", 0)


def test_the_confirmation_letter_has_one_button_and_no_picture(letter):
    html = letter.get_body(("html",)).get_content()
    assert html.count("<a ") == 1
    assert "Open the confirmation page" in html
    assert "<img" not in html
    assert "seven days" in text_of(letter)
