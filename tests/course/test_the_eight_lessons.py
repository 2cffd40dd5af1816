"""Ana takes the whole course; the calendar moves, nobody waits."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from tests.course.mailbox import link_of, text_of
from tips.course import flows
from tips.course.models import Enrolment, Lesson, LessonRevision, LessonSent, State
from tips.mail.models import Delivery

LONDON = "Europe/London"


def dues():
    return list(Delivery.objects.unfinished().values_list("due_at", flat=True))


def walk(mailbox, now, days):
    """The worker looks in every hour; the mails with the moment at which each was sent."""
    moments = (now + timedelta(hours=hour) for hour in range(1, days * 24))
    return [(moment, mail) for moment in moments for mail in mailbox.work(moment)]


def test_all_eight_come_in_order_and_then_a_farewell(enrol, mailbox, now):
    enrol()
    came = walk(mailbox, now, days=30)
    assert [mail["Subject"] for _, mail in came] == [
        *(f"Lesson {number} of 8" for number in range(2, 9)),
        "That was the last lesson",
    ]
    mornings = [moment.astimezone(ZoneInfo(LONDON)) for moment, _ in came]
    assert {moment.hour for moment in mornings} <= {9, 10}
    assert [moment.day for moment in mornings] == [7, 10, 13, 16, 19, 22, 25, 28]
    assert Enrolment.objects.get().state == State.COMPLETED
    assert LessonSent.objects.filter(accepted_on__isnull=False).count() == 8
    assert dues() == []


def test_never_more_than_one_lesson_is_under_way(enrol, mailbox, now):
    enrol()
    for day in range(1, 20):
        mailbox.work(now + timedelta(days=day))
        assert len(dues()) == 1


def test_11_after_five_days_without_a_worker_one_lesson_comes_and_the_rest_shift(enrol, mailbox, now):
    enrol()
    assert [mail["Subject"] for mail in mailbox.work(now + timedelta(days=8))] == ["Lesson 2 of 8"]
    assert dues()[0] > now + timedelta(days=10)


def test_a_lesson_carries_what_mail_programs_need_to_stop_it(enrol):
    lesson = enrol()
    assert lesson["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert lesson["List-Unsubscribe"].strip("<>").endswith(link_of(lesson, "/u/"))
    assert lesson["List-Id"].startswith("<course.")
    assert lesson["List-Help"].endswith("/course/me/>")
    assert lesson["List-Archive"].strip("<>").endswith(link_of(lesson, "/course/me/"))
    assert "#" in lesson["List-Archive"], "with the code that opens what came so far"
    assert lesson["Subject"] == "Lesson 1 of 8"
    assert "example.org" not in link_of(lesson, "/u/")


def test_the_address_to_leave_by_is_short_enough_for_one_header_line(enrol):
    path = link_of(enrol(), "/u/")
    assert len("https://sorebacks.example.org" + path) <= 58


def test_a_lesson_reads_well_as_plain_text(enrol):
    text = text_of(enrol())
    assert text.startswith("Lesson 1 of 8: Story and safety first\n")
    assert "\nWhy the story comes first\n=========================\n" in text
    assert "- Where is it, and does it move about?\n" in text
    assert "pain map and score [1]" in text
    assert "[1] http://127.0.0.1:8000/exercises/pain-map-and-score/" in text
    assert "c) A&E now" in text
    assert text.index("Stop the lessons:") < text.index("And the answers")
    assert not {"<", "&amp;", "**", "]("} & set(text.split())


def test_a_lesson_holds_no_picture_and_leads_nowhere_else(enrol):
    html = enrol().get_body(("html",)).get_content()
    assert "<img" not in html
    assert 'href="/' not in html
    assert html.count('href="http://127.0.0.1:8000/') == html.count("href=")


def test_an_edited_lesson_goes_out_as_it_reads_on_the_day(enrol, mailbox, now):
    enrol()
    second = Lesson.objects.get(position=2)
    LessonRevision.objects.create(
        lesson=second,
        number=2,
        title="Looking again",
        aim="To look.",
        source="Look.",
        safety="Slowly.",
        published_at=now,
    )
    (mail,) = mailbox.work(now + timedelta(days=4))
    assert "Looking again" in text_of(mail)


def test_a_lesson_taken_away_is_skipped(enrol, mailbox, now):
    enrol()
    Lesson.objects.filter(position=2).update(published=False)
    (mail,) = mailbox.work(now + timedelta(days=4))
    assert "Moving: range and pain response" in text_of(mail)
    assert mail["Subject"] == "Lesson 2 of 7"


def test_a_course_whose_rest_is_taken_away_says_goodbye(enrol, mailbox, now):
    enrol()
    Lesson.objects.filter(position__gt=1).update(published=False)
    (mail,) = mailbox.work(now + timedelta(days=4))
    assert mail["Subject"] == "That was the last lesson"
    assert Enrolment.objects.get().state == State.COMPLETED


def test_a_lesson_moved_back_does_not_come_twice(enrol, mailbox, now):
    enrol()
    Lesson.objects.filter(position=1).update(position=50)
    came = [text_of(mail).splitlines()[0] for _, mail in walk(mailbox, now, days=30)]
    assert not any("Story and safety first" in line for line in came)
    assert len(came) == 8


def test_without_any_lesson_nothing_is_sent_and_nobody_is_done(ask, mailbox, now):
    ask()
    (letter,) = mailbox.work(now)
    flows.confirm(token=link_of(letter, "/course/confirm/").split("/")[-2], now=now)
    assert mailbox.work(now) == []
    assert Enrolment.objects.get().state == State.ACTIVE
    assert len(dues()) == 1
