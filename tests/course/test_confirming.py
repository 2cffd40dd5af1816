"""Only the button confirms. Programs that open links in mails change nothing, however often."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

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
def test_05_no_other_method_confirms(method, client, button, today):
    for _ in range(3):
        answer = getattr(client, method)(button)
        assert answer.status_code == (200 if method in {"get", "head"} else 405)
        assert not answer.cookies
    assert state() == State.PENDING
    assert client.post(button).status_code == 303, "the link still works for its reader"


def test_05_twenty_looks_of_a_scanner_confirm_nothing_and_use_nothing_up(client, button, today):
    for number in range(20):
        ahead = {"Purpose": "prefetch", "Sec-Purpose": "prefetch;prerender", "Sec-Fetch-Site": "none"}
        assert client.get(button, headers=ahead if number % 2 else {}).status_code == 200
    assert state() == State.PENDING
    assert ConsentEvent.objects.filter(event="confirmed").count() == 0
    assert client.post(button).status_code == 303


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


def test_05_a_page_elsewhere_cannot_press_the_button(client, button, today):
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


def test_05_only_the_browser_that_asked_is_told_to_press_by_itself(client, fill_in, mailbox, lessons, today):
    """A program that opens mails has no such cookie, whatever it runs."""
    fill_in("/course/", {"email": ANA, "consent": "on"})
    path = link_of(mailbox.work(timezone.now())[-1], "/course/confirm/")
    assert b"data-at-once" in client.get(path).content
    assert b"data-at-once" not in Client().get(path).content
    assert state() == State.PENDING, "looking is not pressing"


def test_05_the_browser_that_asked_for_one_address_confirms_no_other(
    client, fill_in, ask, mailbox, lessons, now, today
):
    fill_in("/course/", {"email": "vik@example.org", "consent": "on"})
    ask(ANA, now)
    letter = next(mail for mail in mailbox.work(timezone.now()) if mail["To"] == ANA)
    assert b"data-at-once" not in client.get(link_of(letter, "/course/confirm/")).content


def test_the_button_brings_along_the_time_zone_and_made_up_ones_are_left_out(client, button, today):
    client.post(button, {"zone": "Asia/Kathmandu"})
    assert Enrolment.objects.get().plan.zone == "Asia/Kathmandu"


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../../etc/passwd", "x" * 5_000, "\x00"])
def test_a_made_up_time_zone_is_left_out(zone, client, button, today):
    assert client.post(button, {"zone": zone}).status_code == 303
    assert Enrolment.objects.get().zone == ""


def test_one_reminder_comes_after_a_day_and_no_other(letter, mailbox, now):
    assert mailbox.work(now + timedelta(hours=23)) == []
    (reminder,) = mailbox.work(now + timedelta(hours=24))
    assert "I will not ask again" in text_of(reminder)
    assert mailbox.work(now + timedelta(days=6)) == []
    assert flows.confirm(token=link_of(reminder, "/course/confirm/").split("/")[-2], now=now + timedelta(days=6))


def test_who_confirmed_is_not_reminded(letter, mailbox, lessons, now):
    flows.confirm(token=link_of(letter, "/course/confirm/").split("/")[-2], now=now)
    assert [mail["Subject"] for mail in mailbox.work(now + timedelta(hours=25))] == ["Lesson 1 of 8"]


def test_letters_are_a_consent_of_their_own_that_waits_for_its_reader(client, fill_in, mailbox, lessons, now):
    fill_in("/course/", {"email": ANA, "consent": "on", "letters": "on"})
    assert not Enrolment.objects.get().wants_letters, "anybody may have ticked it"
    path = link_of(mailbox.work(timezone.now())[-1], "/course/confirm/")
    assert b"says yes to that, too" in client.get(path).content
    client.post(path)
    assert Enrolment.objects.get().wants_letters
    said = list(ConsentEvent.objects.order_by("pk").values_list("event", "what"))
    assert said == [
        ("requested", "course-page-1"),
        ("requested", "letters-1"),
        ("confirmed", "confirm-page-1"),
        ("confirmed", "letters-1"),
    ]
