"""Ana asks for the course through the contact page; a program that opens links for her confirms nothing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.journeys.people import Visitor, link_in, words_of

ANA = "ana@example.org"
EVERY = timedelta(days=3)


@pytest.fixture
def now():
    """A minute from here, when what is asked for now is due."""
    return timezone.now() + timedelta(minutes=1)


def ask_on_the_contact_page(ana):
    ana.open("/articles/examination-of-the-spine/")
    ana.follow("contact page")
    return ana.send("message", message="Please send me the course.", email=ANA, course="on", consent="on")


def confirmation(letters):
    (letter,) = [each for each in letters if "/course/confirm/" in words_of(each)]
    return letter


def enrol(ana, letterbox, now):
    """Lesson 1."""
    ask_on_the_contact_page(ana)
    ana.open(link_in(confirmation(letterbox.fetch(now)), "/course/confirm/"))
    ana.press()
    (lesson,) = letterbox.fetch(now + timedelta(minutes=1))
    return lesson


def test_from_the_contact_page_to_the_last_letter(ana, letterbox, now):
    assert "Your message has arrived" in ask_on_the_contact_page(ana)
    link = link_in(confirmation(letterbox.fetch(now)), "/course/confirm/")

    scanner = Visitor()
    for _ in range(3):
        assert "Shall the lessons begin?" in scanner.open(link)
    assert letterbox.fetch(now) == []

    assert "Shall the lessons begin?" in ana.open(link)
    assert "Welcome to the course" in ana.press()
    (lesson,) = letterbox.fetch(now + timedelta(minutes=1))
    assert (lesson["To"], lesson["Subject"]) == (ANA, "Lesson 1 of 8")
    assert lesson["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "/u/" in lesson["List-Unsubscribe"]

    (second,) = letterbox.fetch(now + EVERY + timedelta(days=1))
    assert second["Subject"] == "Lesson 2 of 8"

    assert "Stop the course?" in ana.open(link_in(second, "/u/"))
    assert "The course is stopped" in ana.press()
    assert letterbox.fetch(now + 10 * EVERY) == []


def test_a_mail_program_stops_it_with_one_click(ana, letterbox, now):
    lesson = enrol(ana, letterbox, now)
    address = lesson["List-Unsubscribe"].strip("<>")
    answer = Visitor().client.post(address, {"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    assert letterbox.fetch(now + 10 * EVERY) == []


def test_all_eight_lessons_come_three_days_apart_and_then_no_more(ana, letterbox, now):
    enrol(ana, letterbox, now)
    for day in range(1, 60):
        letterbox.fetch(now + timedelta(days=day))

    lessons = [letter["Subject"] for letter in letterbox.letters if letter["Subject"].startswith("Lesson")]
    assert lessons == [f"Lesson {number} of 8" for number in range(1, 9)]


def test_the_page_of_the_learner_opens_with_the_code_in_the_lesson(ana, letterbox, now):
    lesson = enrol(ana, letterbox, now)
    code = link_in(lesson, "/course/me/").partition("#")[2]
    ana.open("/course/me/")
    shown = ana.send("code", code=code)
    assert "Story and safety first sent on" in shown
    assert shown.count("comes next") + shown.count("to come") == 7


def test_the_course_page_tells_nobody_who_has_the_course(ana, letterbox, now):
    enrol(ana, letterbox, now)
    answers = []
    for email in (ANA, "somebody-else@example.org"):
        nosy = Visitor()
        nosy.open("/")
        nosy.follow("The course by")
        answers.append(nosy.send("email", email=email, consent="on"))
    assert answers[0] == answers[1]
    assert "Please look at your mail" in answers[0]
