"""Scenario 13: Olga changes the course while people are in the middle of it."""

import random
from datetime import timedelta

import pytest

from tests.course.mailbox import link_of, text_of
from tips.course import editing, flows, wishes
from tips.course.models import Enrolment, Lesson, State
from tips.mail.errors import Temporary
from tips.mail.models import Delivery

WORDS = {"aim": "To try.", "safety": "Slowly.", "source": "Words.", "selfcheck": {}}


def write(title, now, lesson=None):
    return editing.write_lesson(said={**WORDS, "title": title, "slug": title.lower()}, now=now, lesson=lesson).lesson


def learner(number, now, mailbox):
    email = f"reader-{number}@example.org"
    flows.request(email=email, place="/course/", now=now)
    token = link_of(mailbox.work(now)[-1], "/course/confirm/").split("/")[-2]
    flows.confirm(token=token, now=now)


def titles(mails):
    """Of each reader what came, in order."""
    came = {}
    for mail in mails:
        if str(mail["Subject"]).startswith("Lesson"):
            came.setdefault(mail["To"], []).append(text_of(mail).splitlines()[0].partition(": ")[2])
    return came


@pytest.fixture
def spread(lessons, mailbox, now):
    """Nine readers: one at every place of the course."""
    for number in range(9):
        learner(number, now + timedelta(days=3 * number), mailbox)
        mailbox.mornings(now + timedelta(days=3 * number), 3)
    return now + timedelta(days=27)


def test_13_a_lesson_put_in_goes_to_those_before_it_and_shows_as_new_to_the_rest(spread, mailbox, now):
    had = {to: len(found) for to, found in titles(mailbox.mails).items()}
    extra = write("Breathing", spread)
    editing.move_behind(extra, Lesson.objects.get(slug="feeling-palpation"))
    mailbox.mornings(spread, 30)
    for to, found in titles(mailbox.mails).items():
        assert len(found) == len(set(found)), "no lesson twice"
        assert ("Breathing" in found) == (had[to] <= 4), to
        assert len(found) == 8 + ("Breathing" in found)
    assert set(Enrolment.objects.values_list("state", flat=True)) == {State.COMPLETED}


def test_13_taking_all_the_rest_away_lets_everybody_finish(spread, mailbox):
    for lesson in Lesson.objects.filter(position__gt=3):
        editing.show(lesson, published=False)
    mailbox.mornings(spread, 8)
    assert set(Enrolment.objects.values_list("state", flat=True)) == {State.COMPLETED}


def test_13_a_course_taken_away_whole_waits_and_goes_on_when_it_is_back(enrol, mailbox, now):
    enrol()
    Lesson.objects.update(published=False)
    mailbox.mornings(now, 12)
    assert Enrolment.objects.get().state == State.ACTIVE
    assert len(titles(mailbox.mails)["ana@example.org"]) == 1
    Lesson.objects.update(published=True)
    mailbox.mornings(now + timedelta(days=12), 40)
    assert len(titles(mailbox.mails)["ana@example.org"]) == 8


def test_13_a_retry_sends_what_was_written_first_whatever_is_edited_meanwhile(enrol, mailbox, now, monkeypatch):
    enrol()
    sent = []

    def busy(envelope):
        sent.append(envelope.body)
        raise Temporary("451")

    monkeypatch.setattr(mailbox, "send", busy)
    moment = now + timedelta(days=4)
    mailbox.work(moment)
    write("Looking anew", moment, Lesson.objects.get(position=2))
    monkeypatch.undo()
    (mail,) = mailbox.work(moment + timedelta(minutes=6))
    assert "Looking anew" not in text_of(mail)
    assert b"Lesson 2 of 8" in sent[0]
    assert Delivery.objects.filter(state="accepted", attempts=2).count() == 1


def test_13_a_lesson_added_after_the_end_goes_to_those_who_asked_for_it(enrol, mailbox, now):
    enrol("ana@example.org")
    enrol("vik@example.org")
    mailbox.mornings(now, 30)
    ana = Enrolment.objects.order_by("pk").first()
    wishes.want_new(ana, wanted=True)
    write("Breathing", now + timedelta(days=31))
    mailbox.mornings(now + timedelta(days=31), 10)
    came = titles(mailbox.mails)
    assert (came["ana@example.org"][-1], len(came["vik@example.org"])) == ("Breathing", 8)
    assert mailbox.subjects().count("That was the last lesson") == 2


def test_13_a_lesson_in_hand_while_its_place_changes_loses_nobody_the_ones_between(enrol, mailbox, now, monkeypatch):
    enrol()
    send = mailbox.send

    def send_and_move(envelope):
        Lesson.objects.filter(slug="looking-posture-and-landmarks").update(position=50)
        return send(envelope)

    monkeypatch.setattr(mailbox, "send", send_and_move)
    mailbox.work(now + timedelta(days=4))
    monkeypatch.undo()
    mailbox.mornings(now + timedelta(days=4), 40)
    assert len(set(titles(mailbox.mails)["ana@example.org"])) == 8


@pytest.mark.parametrize("seed", range(6))
def test_13_whatever_is_edited_no_lesson_comes_twice_and_nobody_is_stuck(seed, lessons, mailbox, now):
    chance = random.Random(seed)
    learner(0, now, mailbox)
    for day in range(40):
        if day < 24 and chance.random() < 0.4:
            _edit(chance.choice(["earlier", "later", "hide", "show", "write", "behind"]), chance, now)
        mailbox.mornings(now + timedelta(days=day), 1)
    (came,) = titles(mailbox.mails).values()
    assert len(came) == len(set(came))
    reader = Enrolment.objects.get()
    assert reader.state == State.COMPLETED or Delivery.objects.unfinished().filter(group=reader.lessons).exists()


def _edit(what, chance, now):
    lesson, other = chance.choice(Lesson.objects.all()), chance.choice(Lesson.objects.all())
    match what:
        case "write":
            write(f"Extra-{Lesson.objects.count()}", now)
        case "behind":
            editing.move_behind(lesson, other)
        case "earlier" | "later":
            editing.swap(lesson, earlier=what == "earlier")
        case _:
            editing.show(lesson, published=what == "show")
