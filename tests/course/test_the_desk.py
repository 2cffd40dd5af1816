"""Olga writes lessons and letters at her desk, and sees who is where in numbers."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from tests import make
from tests.course.mailbox import link_of, text_of
from tips.course import announcing, flows, leaving, wishes
from tips.course.models import Announcement, Enrolment, Lesson, State
from tips.freshness.slots import bump_everything
from tips.mail.errors import Uncertain
from tips.mail.models import Delivery
from tips.practice.models import Practice

LESSON = {
    "title": "Breathing", "aim": "To breathe.", "safety": "Slowly.", "source": "Breathe **out**.",
    "question": "Well?", "options": "*Out | Yes.\nIn | Try again.",
}  # fmt: skip
LETTER = {"subject": "Something new", "source": "There is a **new** page: [look](/articles/psoas/)."}
DESK = "/desk/course/"


@pytest.fixture
def olga(db):
    Practice.objects.update_or_create(pk=1, defaults={"name": "Olga", "notify": "olga@example.org"})
    return make.signed_in(make.olga())


@pytest.fixture
def readers(enrol, mailbox):
    """Ana wants letters, Vik does not, Bea left."""
    for name in ("ana", "vik", "bea"):
        enrol(f"{name}@example.org")
    ana, _vik, bea = Enrolment.objects.order_by("pk")
    for reader in (ana, bea):
        flows.start_letters(reader, place="/course/me/", now=timezone.now())
    flows.leave(word=leaving.word(bea.pk), now=timezone.now())
    return ana


@pytest.mark.parametrize("path", ["", "lessons/new/", "letters/new/"])
def test_only_the_owner_comes_in(path, client, db):
    assert client.get(DESK + path).status_code == 302
    for who in (make.mina(), make.ana()):
        assert make.signed_in(who).get(DESK + path).status_code == 404


def test_the_desk_counts_and_names_nobody(olga, readers):
    page = olga.get(DESK).content.decode()
    assert "2 on their way, 0 resting, 0 at the end, 0 not yet confirmed, 1 left" in page
    assert "1 asked for a letter now and then" in page
    assert "example.org" not in page.partition("<main")[2].partition("</main>")[0]


def test_the_desk_asks_the_database_as_often_for_many_learners(olga, enrol, django_assert_num_queries):
    enrol("one@example.org")
    olga.get(DESK)
    with django_assert_num_queries(7):
        olga.get(DESK)
    for number in range(5):
        enrol(f"reader-{number}@example.org")
    with django_assert_num_queries(7):
        olga.get(DESK)


def test_a_lesson_is_looked_at_tried_and_saved_as_a_new_revision(olga, lessons, mailbox):
    lesson = Lesson.objects.get(position=2)
    path = f"{DESK}lessons/{lesson.pk}/"
    assert "Looking: posture and landmarks" in olga.get(path).content.decode()
    shown = olga.post(path, {**LESSON, "action": "preview"}).content.decode()
    assert "Breathe <strong>out</strong>." in shown
    olga.post(path, {**LESSON, "action": "try"})
    assert lesson.revisions.count() == 1, "looking and trying change nothing"
    (copy,) = mailbox.work(timezone.now())
    assert (copy["To"], copy["Subject"]) == ("olga@example.org", "Lesson 2 of 8")
    assert "List-Unsubscribe" not in copy
    assert olga.post(path, {**LESSON, "action": "save"})["Location"] == DESK
    assert (lesson.latest.number, lesson.latest.title) == (2, "Breathing")
    assert lesson.latest.selfcheck["options"][0] == {"text": "Out", "correct": True, "feedback": "Yes."}


def test_an_earlier_version_can_be_read_and_brought_back(olga, lessons):
    lesson = Lesson.objects.get(position=2)
    path = f"{DESK}lessons/{lesson.pk}/"
    olga.post(path, {**LESSON, "action": "save"})
    page = olga.get(f"{path}?revision=1").content.decode()
    assert "As it read in version 1" in page
    assert "Last time you listened." in page
    first = lesson.revisions.get(number=1)
    again = {name: getattr(first, name) for name in ("title", "aim", "safety", "source")}
    assert f"{first.aim}</textarea>" in page
    olga.post(path, {**LESSON, **again, "action": "save"})
    assert (lesson.latest.number, lesson.latest.html) == (3, first.html)
    assert olga.get(f"{path}?revision=9x").status_code == 200


def test_another_lesson_comes_at_the_end(olga, lessons):
    olga.post(f"{DESK}lessons/new/", {**LESSON, "action": "save"})
    olga.post(f"{DESK}lessons/new/", {**LESSON, "action": "save"})
    assert list(Lesson.objects.filter(position__gt=8).values_list("slug", flat=True)) == ["breathing", "breathing-2"]


@pytest.mark.parametrize("options", ["", "Out | Yes.", "*Out", "*Out | Yes.\n*In | Yes."])
def test_a_question_without_its_one_right_answer_comes_back(options, olga, lessons):
    answer = olga.post(f"{DESK}lessons/new/", {**LESSON, "options": options, "action": "save"})
    assert answer.status_code == 422
    assert Lesson.objects.count() == 8


def test_lessons_change_places_and_are_taken_away(olga, lessons):
    third = Lesson.objects.get(position=3)
    olga.post(f"{DESK}lessons/{third.pk}/", {"action": "earlier"})
    olga.post(f"{DESK}lessons/{third.pk}/", {"action": "hide"})
    third.refresh_from_db()
    assert (third.position, third.published) == (2, False)
    assert sorted(Lesson.objects.values_list("position", flat=True)) == list(range(1, 9))


def written(olga, **over):
    return olga.post(f"{DESK}letters/new/", {**LETTER, "action": "preview", **over})["Location"]


def test_a_letter_goes_once_to_those_who_asked_and_to_nobody_else(olga, readers, mailbox):
    path = written(olga)
    assert "<strong>new</strong>" in olga.get(path).content.decode()
    olga.post(path, {**LETTER, "action": "send"})
    later = timezone.now() + timedelta(minutes=1)
    for _ in range(3):
        announcing.send_due(later)
    came = [mail for mail in mailbox.work(later) if mail["Subject"] == "Something new"]
    assert [mail["To"] for mail in came] == ["ana@example.org"]
    assert came[0]["List-Id"].startswith("<letters.")
    assert "look [1]" in text_of(came[0])
    assert Announcement.objects.get().recipients == 1


def test_its_way_out_stops_the_letters_and_not_the_lessons(olga, readers, mailbox, client):
    olga.post(written(olga), {**LETTER, "action": "send"})
    later = timezone.now() + timedelta(minutes=1)
    announcing.send_due(later)
    way_out = link_of(next(mail for mail in mailbox.work(later) if mail["Subject"] == LETTER["subject"]), "/u/")
    assert "Stop the letters" in client.get(way_out).content.decode()
    assert client.post(way_out).status_code == 200
    readers.refresh_from_db()
    assert (readers.wants_letters, readers.state) == (False, State.ACTIVE)
    assert Delivery.objects.unfinished().filter(group=readers.lessons).count() == 1


def test_a_letter_of_doubtful_arrival_is_held_and_not_sent_twice(olga, readers, mailbox, monkeypatch):
    olga.post(written(olga), {**LETTER, "action": "send"})
    later = timezone.now() + timedelta(minutes=1)
    announcing.send_due(later)

    def vanish(envelope):
        raise Uncertain("no reply")

    monkeypatch.setattr(mailbox, "send", vanish)
    mailbox.work(later)
    monkeypatch.undo()
    mailbox.work(later + timedelta(days=2))
    assert LETTER["subject"] not in mailbox.subjects()
    assert Delivery.objects.held().filter(purpose=announcing.LETTER).count() == 1


def test_a_letter_can_be_timed_taken_back_and_stopped_on_its_way(olga, readers, mailbox):
    path = written(olga)
    olga.post(path, {**LETTER, "due": "2031-01-01T10:00", "action": "send"})
    assert announcing.send_due(timezone.now()) == 0
    olga.post(path, {"action": "stop"})
    assert Announcement.objects.get().state == "draft"
    olga.post(path, {**LETTER, "action": "send"})
    later = timezone.now() + timedelta(minutes=1)
    announcing.send_due(later)
    olga.post(path, {"action": "stop"})
    mailbox.work(later)
    assert LETTER["subject"] not in mailbox.subjects()


def test_the_time_of_a_letter_is_the_owners_and_stays_while_it_is_written(olga, readers):
    practice = Practice.current()
    practice.time_zone = "Asia/Kathmandu"
    practice.save()
    bump_everything()
    path = written(olga)
    olga.post(path, {**LETTER, "due": "2031-01-01T10:00", "action": "preview"})
    assert 'value="2031-01-01T10:00"' in olga.get(path).content.decode()
    olga.post(path, {**LETTER, "due": "2031-01-01T10:00", "action": "send"})
    assert Announcement.objects.get().due_at == datetime(2031, 1, 1, 4, 15, tzinfo=UTC)
    page = olga.get(path).content.decode()
    assert "1 January 2031, 10:00" in page
    olga.post(path, {"action": "stop"})
    page = olga.get(path).content.decode()
    assert 'value="2031-01-01T10:00"' in page
    assert "In the time of Asia/Kathmandu." in page


def test_who_stops_letters_while_one_waits_does_not_get_it(olga, readers, mailbox):
    olga.post(written(olga), {**LETTER, "action": "send"})
    later = timezone.now() + timedelta(minutes=1)
    announcing.send_due(later)
    flows.stop_letters(readers, place="/course/me/", now=later)
    mailbox.work(later)
    assert LETTER["subject"] not in mailbox.subjects()


def test_whoever_wants_letters_is_not_forgotten_and_who_does_not_is(olga, enrol, mailbox, now):
    enrol("ana@example.org")
    enrol("vik@example.org")
    ana = Enrolment.objects.order_by("pk").first()
    flows.start_letters(ana, place="/course/me/", now=now)
    while any(wishes.skip(row, now=now) for row in Enrolment.objects.filter(state=State.ACTIVE)):
        pass
    assert flows.forget(now + timedelta(days=60)) == 1
    ana.refresh_from_db()
    assert ana.address_digest
