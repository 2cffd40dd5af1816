"""Leaving takes one press or none at all, works without cookies, and nothing starts after it."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests.course.mailbox import link_of, page_at
from tips.course import flows, leaving
from tips.course.models import ConsentEvent, Enrolment, State
from tips.keys import files
from tips.mail.models import Delivery

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def way_out(enrol):
    return link_of(enrol(), "/u/")


def state():
    return Enrolment.objects.get().state


@pytest.mark.parametrize("method", ["get", "head", "options", "put"])
def test_05_looking_at_the_link_stops_nothing(method, client, way_out):
    for _ in range(3):
        answer = getattr(client, method)(way_out)
        assert answer.status_code == (200 if method in {"get", "head"} else 405)
    assert state() == State.ACTIVE


@pytest.mark.parametrize(
    "origin", [{}, {"Origin": "null"}, {"Origin": "https://mail.example", "Sec-Fetch-Site": "cross-site"}]
)
def test_06_a_mail_program_stops_the_course_with_one_post(origin, way_out):
    answer = Client(enforce_csrf_checks=True).post(way_out, ONE_CLICK, headers=origin)
    assert (answer.status_code, answer.cookies.keys(), "Location" in answer) == (200, {}.keys(), False)
    assert state() == State.UNSUBSCRIBED


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "text/plain"])
def test_06_the_body_of_the_post_does_not_matter(kind, client, way_out):
    assert client.post(way_out, b"\xff\x00 anything", content_type=kind).status_code == 200
    assert state() == State.UNSUBSCRIBED


def test_the_button_on_the_page_stops_it_too(client, way_out):
    assert b"<button>Stop the course</button>" in client.get(way_out).content
    assert client.post(way_out).status_code == 200
    assert state() == State.UNSUBSCRIBED


def test_06_known_used_and_made_up_links_get_the_same_answers(client, way_out):
    paths = [way_out, way_out, "/u/x", f"{way_out}A", "/u/" + "A" * 500, "/u/.."]
    shown = {page_at(client.get(path), path) for path in paths}
    done = {page_at(client.post(path), path) for path in paths}
    assert [(status, len(pages)) for pages in (shown, done) for status, _ in pages] == [(200, 1), (200, 1)]


def test_07_after_leaving_nothing_comes_not_even_a_goodbye(way_out, mailbox, now):
    before = len(mailbox.mails)
    assert Delivery.objects.unfinished().count() == 1
    assert flows.leave(word=way_out.removeprefix("/u/"), now=now)
    assert Delivery.objects.unfinished().count() == 0
    assert mailbox.work(now + timedelta(days=40)) == []
    assert len(mailbox.mails) == before


def test_leaving_between_request_and_confirmation_stops_the_letter_as_well(way_out, ask, mailbox, now):
    flows.leave(word=way_out.removeprefix("/u/"), now=now)
    later = now + timedelta(days=1)
    ask(now=later)
    assert flows.leave(word=way_out.removeprefix("/u/"), now=later)
    assert mailbox.work(later) == []
    assert state() == State.UNSUBSCRIBED


def test_07_leaving_while_a_lesson_is_on_the_wire_composes_no_next_one(enrol, mailbox, now, monkeypatch):
    word = link_of(enrol(), "/u/").removeprefix("/u/")
    send = mailbox.send

    def send_and_leave(envelope):
        flows.leave(word=word, now=now)
        return send(envelope)

    monkeypatch.setattr(mailbox, "send", send_and_leave)
    assert len(mailbox.work(now + timedelta(days=4))) == 1
    assert Delivery.objects.unfinished().count() == 0
    assert state() == State.UNSUBSCRIBED


def test_leaving_twice_is_written_down_once(way_out, now):
    word = way_out.removeprefix("/u/")
    assert flows.leave(word=word, now=now)
    assert not flows.leave(word=word, now=now)
    assert ConsentEvent.objects.filter(event="withdrawn").count() == 1


def test_after_thirty_days_the_address_is_forgotten_and_the_proof_kept(way_out, now):
    flows.leave(word=way_out.removeprefix("/u/"), now=now)
    assert flows.forget(now + timedelta(days=29)) == 0
    assert flows.forget(now + timedelta(days=30)) == 1
    assert Enrolment.objects.get().address_digest == ""
    assert ConsentEvent.objects.count() == 3


def test_06_a_year_old_link_works_after_the_key_was_changed(way_out, now):
    newer = files.read_or_make(settings.KEYS_DIR, "unsubscribe.200")
    try:
        assert newer
        assert leaving.word(1) != way_out.removeprefix("/u/")
        assert flows.leave(word=way_out.removeprefix("/u/"), now=now + timedelta(days=365))
    finally:
        (settings.KEYS_DIR / "unsubscribe.200").unlink()


@given(st.integers(1, 2**40))
def test_a_word_leads_back_to_its_enrolment(number):
    assert leaving.read(leaving.word(number)) == leaving.Way(number, "course")
    assert leaving.read(leaving.word(number, "letters")) == leaving.Way(number, "letters")


@given(st.text(max_size=60))
def test_no_made_up_word_leads_anywhere(word):
    assert leaving.read(word) is None


@given(st.integers(1, 2**20), st.integers(0, 23), st.sampled_from("ABCxyz019-_"))
def test_a_changed_word_leads_nowhere_else(number, place, sign):
    word = leaving.word(number)
    changed = word[:place] + sign + word[place + 1 :]
    assert leaving.read(changed) in {None, leaving.Way(number, "course")}
