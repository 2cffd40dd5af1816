"""Vik asks for the course. Whoever watches learns nothing about an address; the mailbox alone knows."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.course.mailbox import hidden_token, link_of, text_of
from tips.course import addresses, flows
from tips.course.models import ConsentEvent, Enrolment, State

ANA = "ana@example.org"


def enrolment_of(email=ANA):
    return Enrolment.objects.get(address_digest=addresses.digest(email))


def in_words(value):
    return bytes(value) if isinstance(value, memoryview) else value


def known_as(state, enrol, ask, email=ANA):
    """Make the address known in that state, or leave it unknown."""
    if state == "pending":
        ask(email)
    elif state != "unknown":
        enrol(email)
        Enrolment.objects.filter(address_digest=addresses.digest(email)).update(state=state)


def test_the_form_brings_a_letter_with_a_confirmation_link(fill_in, mailbox, lessons):
    answer = fill_in("/course/", {"email": ANA, "consent": "on"})
    assert (answer.status_code, answer["Location"]) == (303, "/course/check-your-mail/")
    (letter,) = mailbox.work(enrolment_of().asked_at)
    assert letter["To"] == ANA
    assert link_of(letter, "/course/confirm/")
    assert "List-Unsubscribe" not in letter
    assert enrolment_of().state == State.PENDING


def test_08_every_address_costs_the_same_queries(enrol, ask, now):
    spent = {}
    for number, state in enumerate(["unknown", *State.values]):
        email = f"reader-{number}@example.org"
        known_as(state, enrol, ask, email)
        for minutes in (1, 60):
            with CaptureQueriesContext(connection) as queries:
                ask(email, now + timedelta(minutes=minutes))
            spent[state, minutes] = len(queries)
    assert len(set(spent.values())) == 1, spent


@pytest.mark.parametrize("state", ["unknown", "pending", "active", "unsubscribed", "suppressed"])
def test_08_every_address_gets_the_same_page(state, client, enrol, ask, lessons):
    known_as(state, enrol, ask)
    token = hidden_token(client.get("/course/").content.decode())
    answer = client.post("/course/", {"form_token": token, "email": ANA, "consent": "on"})
    cookie = answer.cookies.pop("pass-course-asked")
    headers = {name: value for name, value in answer.headers.items() if name not in {"Expires", "Cache-Control"}}
    page = client.get(answer["Location"])
    assert (answer.status_code, answer.content, answer.cookies.keys()) == (303, b"", {}.keys())
    assert (len(cookie.value), cookie["max-age"], cookie["samesite"], cookie["httponly"]) == (250, "", "Lax", True)
    assert (headers["Location"], headers["Content-Length"]) == ("/course/check-your-mail/", "0")
    assert (page.status_code, page.cookies.keys()) == (200, {}.keys())
    assert ANA not in page.content.decode()


def test_a_second_request_within_fifteen_minutes_brings_no_second_letter(ask, mailbox, lessons, now):
    ask(ANA, now)
    ask(ANA, now + timedelta(minutes=14))
    assert len(mailbox.work(now + timedelta(minutes=14))) == 1
    ask(ANA, now + timedelta(minutes=15))
    assert len(mailbox.work(now + timedelta(minutes=15))) == 1


def test_no_more_than_three_letters_come_in_a_day(ask, mailbox, lessons, now):
    for minutes in range(0, 24 * 60, 20):
        ask(ANA, now + timedelta(minutes=minutes))
        mailbox.work(now + timedelta(minutes=minutes))
    assert len(mailbox.mails) == 3
    ask(ANA, now + timedelta(hours=24))
    mailbox.work(now + timedelta(hours=24))
    assert mailbox.subjects().count("Please confirm: your lessons by e-mail") == 4
    assert mailbox.subjects().count("Your lessons are still waiting") == 1


def test_one_address_in_another_case_is_the_same_address(ask, mailbox, lessons, now):
    ask("Ana@Example.org", now)
    ask("ana@example.org", now)
    assert len(mailbox.work(now)) == 1
    assert Enrolment.objects.count() == 1


def test_who_is_enrolled_is_told_so_once_a_day(enrol, ask, mailbox, now):
    enrol()
    for hours in (1, 2, 24, 30):
        ask(ANA, now + timedelta(hours=hours))
        mailbox.work(now + timedelta(hours=hours))
    assert mailbox.subjects().count("You have the lessons already") == 1
    assert enrolment_of().state == State.ACTIVE


def test_who_left_confirms_anew_and_starts_again(enrol, ask, mailbox, now):
    lesson = enrol()
    flows.leave(word=link_of(lesson, "/u/").removeprefix("/u/"), now=now)
    later = now + timedelta(days=2)
    ask(ANA, later)
    again = enrolment_of()
    assert (again.state, again.run, again.cursor) == (State.PENDING, 2, 0)
    (letter,) = mailbox.work(later)
    flows.confirm(token=link_of(letter, "/course/confirm/").split("/")[-2], now=later)
    (lesson,) = mailbox.work(later)
    assert lesson["Subject"] == "Lesson 1 of 8"
    assert list(ConsentEvent.objects.order_by("pk").values_list("event", flat=True)) == [
        "requested",
        "confirmed",
        "withdrawn",
        "requested",
        "confirmed",
    ]


def test_a_suppressed_address_gets_nothing(enrol, ask, mailbox, now):
    enrol()
    Enrolment.objects.update(state=State.SUPPRESSED)
    ask(ANA, now + timedelta(days=3))
    assert mailbox.work(now + timedelta(days=3)) == []
    assert enrolment_of().state == State.SUPPRESSED


def test_what_was_agreed_to_is_kept_without_a_trace_of_the_machine(ask, now):
    ask(ANA, now)
    event = ConsentEvent.objects.get()
    assert (event.event, event.what, event.place, event.day) == ("requested", "course-page-1", "/course/", now.date())
    assert event.at == now
    kept = {field.name for field in ConsentEvent._meta.fields}
    assert kept == {"id", "enrolment", "event", "what", "place", "day", "at"}
    with pytest.raises(TypeError):
        event.save()


def test_no_table_holds_the_address_in_the_clear(ask, now):
    ask("canary-7f3a@example.org", now)
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 (names from the database itself)
            assert not [row for row in cursor if "canary-7f3a" in repr([in_words(value) for value in row])]


def test_the_letter_says_that_nothing_happens_without_the_button(ask, mailbox, lessons, now):
    ask(ANA, now)
    (letter,) = mailbox.work(now)
    assert "If it was not you, do nothing." in text_of(letter)
    assert "lesson" in letter["Subject"]
    assert not {"back", "pain", "spine"} & set(letter["Subject"].lower().split())
