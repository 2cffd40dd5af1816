"""What Ana asks for on her page: a rest, another pace, a lesson at once, left out, once more, or all over again."""

from datetime import date, timedelta

import pytest

from tests.course.mailbox import text_of
from tips.course import flows, progress, wishes
from tips.course.models import Enrolment, Lesson, LessonSent, State
from tips.mail.models import Delivery


@pytest.fixture
def ana(enrol, now):
    enrol()
    return Enrolment.objects.get()


def under_way():
    return list(Delivery.objects.unfinished().filter(group__startswith="lessons:").values_list("due_at", flat=True))


def after(mailbox, now, days):
    """The subjects of what came within so many days."""
    return [mail["Subject"] for mail in mailbox.mornings(now, days)]


def test_a_pause_without_end_lasts_until_it_is_ended(ana, mailbox, now):
    assert wishes.pause(ana, until=None)
    assert under_way() == []
    assert after(mailbox, now, 30) == []
    assert progress.resume(Enrolment.objects.get(), now=now + timedelta(days=30))
    assert after(mailbox, now + timedelta(days=30), 2) == ["Lesson 2 of 8"]


def test_a_pause_until_a_day_ends_by_itself_on_that_day(ana, mailbox, now):
    wishes.pause(ana, until=date(2026, 5, 20))
    assert after(mailbox, now, 15) == []
    assert after(mailbox, now + timedelta(days=15), 3) == ["Lesson 2 of 8"]
    assert LessonSent.objects.filter(accepted_on=date(2026, 5, 20)).count() == 1


def test_a_lesson_on_the_wire_when_the_pause_begins_counts_and_brings_no_next_one(ana, mailbox, now, monkeypatch):
    send = mailbox.send

    def send_and_pause(envelope):
        wishes.pause(Enrolment.objects.get(), until=None)
        return send(envelope)

    monkeypatch.setattr(mailbox, "send", send_and_pause)
    assert len(mailbox.work(now + timedelta(days=4))) == 1
    ana.refresh_from_db()
    assert (ana.state, ana.cursor, under_way()) == (State.PAUSED, 2, [])


def test_another_pace_moves_what_is_under_way_and_nothing_else(ana, mailbox, now):
    assert wishes.change_plan(ana, now=now, pace_days=7)
    assert [due.day for due in under_way()] == [11]
    assert wishes.change_plan(Enrolment.objects.get(), now=now, pace_days=1, zone="Asia/Kathmandu")
    assert [(due.day, due.hour) for due in under_way()] == [(6, 3)], (
        "the first morning there, twenty hours after the last"
    )
    assert mailbox.work(now) == []


def test_the_next_one_comes_at_once_after_half_a_day_and_three_times_in_a_row(ana, mailbox, now):
    assert not wishes.next_one_now(ana, now=now + timedelta(hours=11))
    came = []
    for turn in range(1, 6):
        moment = now + timedelta(hours=12 * turn)
        wishes.next_one_now(Enrolment.objects.get(), now=moment)
        came += [mail["Subject"] for mail in mailbox.work(moment)]
    assert came == ["Lesson 2 of 8", "Lesson 3 of 8", "Lesson 4 of 8"]
    assert len(under_way()) == 1
    assert after(mailbox, now + timedelta(days=2.5), 3) == ["Lesson 5 of 8"]
    assert Enrolment.objects.get().early == 0


def test_pressing_it_twice_sends_one(ana, mailbox, now):
    moment = now + timedelta(hours=13)
    for _ in range(2):
        wishes.next_one_now(Enrolment.objects.get(), now=moment)
    assert len(mailbox.work(moment)) == 1


def test_a_lesson_left_out_is_not_sent_and_stays_to_be_read(ana, mailbox, now):
    assert wishes.skip(ana, now=now)
    assert after(mailbox, now, 4) == ["Lesson 3 of 8"]
    assert LessonSent.objects.get(skipped=True).lesson.position == 2


def test_leaving_out_all_the_rest_ends_the_course_with_one_letter(ana, mailbox, now):
    while wishes.skip(Enrolment.objects.get(), now=now):
        pass
    assert Enrolment.objects.get().state == State.COMPLETED
    assert after(mailbox, now, 30) == ["That was the last lesson"]
    assert "that was the last of the eight lessons" in text_of(mailbox.mails[-1])


def test_the_last_letter_promises_to_forget_only_whoever_wants_no_letters(ana, mailbox, now):
    flows.start_letters(ana, place="/course/me/", now=now)
    while wishes.skip(Enrolment.objects.get(), now=now):
        pass
    after(mailbox, now, 30)
    farewell = " ".join(text_of(mailbox.mails[-1]).split())
    assert "A letter now and then about what is new still comes, as you asked." in farewell
    assert "forgotten" not in farewell


def test_beginning_again_brings_every_lesson_once_more_and_keeps_what_was(ana, mailbox, now):
    after(mailbox, now, 30)
    assert Enrolment.objects.get().state == State.COMPLETED
    assert "you have read all eight lessons" in text_of(mailbox.mails[-1])
    later = now + timedelta(days=31)
    assert wishes.restart(Enrolment.objects.get(), now=later)
    assert not wishes.restart(Enrolment.objects.get(), now=later - timedelta(days=30))
    assert after(mailbox, later, 30)[:2] == ["Lesson 1 of 8", "Lesson 2 of 8"]
    assert LessonSent.objects.filter(accepted_on__isnull=False).count() == 16


def test_a_lesson_is_sent_again_three_times_a_day_and_moves_nothing_on(ana, mailbox, now):
    first, before = Lesson.objects.get(position=1), under_way()
    sent = [wishes.send_again(Enrolment.objects.get(), first, now=now) for _ in range(5)]
    assert sent == [True, True, True, False, False]
    assert [mail["Subject"] for mail in mailbox.work(now)] == ["Lesson 1 of 8"] * 3
    assert (Enrolment.objects.get().cursor, under_way()) == (1, before)
    assert wishes.send_again(Enrolment.objects.get(), first, now=now + timedelta(days=1))


def test_nobody_who_left_gets_a_wish(ana, mailbox, now):
    Enrolment.objects.update(state=State.UNSUBSCRIBED)
    lesson = Lesson.objects.get(position=1)
    assert not wishes.pause(ana, until=None)
    assert not wishes.next_one_now(ana, now=now + timedelta(days=2))
    assert not wishes.skip(ana, now=now)
    assert not wishes.restart(ana, now=now + timedelta(days=2))
    assert not wishes.send_again(ana, lesson, now=now)
    assert not wishes.change_plan(ana, now=now, pace_days=7)
    assert not wishes.want_new(ana, wanted=True)
