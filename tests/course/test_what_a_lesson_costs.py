"""What is asked and written for one lesson, and how long it waits behind others. Counted in work, never in seconds."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from backsite import work
from backsite.work import Worker
from tests.course.mailbox import link_of
from tips.course import addresses, announcing, contents, flows, progress, statements
from tips.course.models import Announcement, Enrolment
from tips.mail.models import Delivery, State

A_LESSON = 12  # statements, with the beginning of its transaction


def course(number, now):
    """Somebody whose next lesson is due."""
    address = f"reader{number}@example.org"
    row = Enrolment.objects.create(
        address_digest=addresses.digest(address), sealed_address=addresses.seal(address), state="active"
    )
    with transaction.atomic():
        progress.compose_lesson(row, now=now, due=now)


def test_a_lesson_costs_few_statements(lessons, mailbox, now):
    counts = []
    for many in (3, 13):
        for number in range(many):
            course(f"{many}-{number}", now)
        with CaptureQueriesContext(connection) as asked:
            assert len(mailbox.work(now)) == many
        counts.append(len(asked))
    assert counts[1] - counts[0] <= 10 * A_LESSON


@pytest.mark.parametrize(
    ("sql", "given", "index"),
    [
        (statements.STRANDED, [], "mail_alone"),
        (statements.OVERDUE, [progress.LATER, "2026-05-04", progress.LESSON], "mail_due"),
    ],
)
def test_a_look_at_everybody_reads_no_finished_mail(db, sql, given, index):
    """Every ten minutes: what was sent long ago must not be read for it."""
    explain = "EXPLAIN " if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN "
    day = date(2026, 5, 1)
    finished = [
        Delivery(
            idem_key=f"done:{n}",
            message_id=f"<{n}@x>",
            state=State.ACCEPTED,
            created_day=day,
            sealed_to=b"",
            sealed_context=b"",
        )
        for n in range(2_000)
    ]
    Delivery.objects.bulk_create(finished)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # what is in a table decides how it is read
            cursor.execute("ANALYZE mail_delivery")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
        cursor.execute(explain + sql, given)
        plan = " ".join(str(row) for row in cursor.fetchall())

    assert index in plan


def test_what_a_lesson_says_is_written_once_for_all(lessons, mailbox, now, monkeypatch):
    written, real = [], contents.from_templates
    monkeypatch.setattr(contents, "from_templates", lambda *given: (written.append(given), real(*given))[1])
    contents._kept.cache_clear()
    for number in range(5):
        course(number, now)
    came = mailbox.work(now)

    assert len(written) == 1
    assert len({link_of(mail, "/u/") for mail in came}) == 5


def test_a_letter_to_the_list_is_written_once_for_all(lessons, mailbox, now, monkeypatch):
    written, real = [], contents.from_templates
    monkeypatch.setattr(contents, "from_templates", lambda *given: (written.append(given), real(*given))[1])
    for number in range(5):
        course(number, now + timedelta(days=1))
    Enrolment.objects.update(wants_letters=True)
    Announcement.objects.create(subject="New", source="Look", state="scheduled", due_at=now, made_on=now.date())
    contents._announcement.cache_clear()
    assert announcing.send_due(now) == 5
    came = mailbox.work(now)

    assert len(written) == 1
    assert len({link_of(mail, "/u/") for mail in came}) == 5


@pytest.mark.parametrize("waiting", [0, 3 * work.AT_ONCE])
def test_lesson_1_goes_out_with_the_workers_next_look_whatever_waits(ask, lessons, mailbox, waiting):
    """The worker looks every second, so that is within seconds of the confirmation."""
    now = timezone.now()
    worker = Worker(lambda: now + timedelta(seconds=1), mailbox, nights=False)
    ask(now=now)
    (letter,) = mailbox.work(now)
    for number in range(waiting):
        course(number, now - timedelta(hours=1))
    worker.tidied = now
    flows.confirm(token=link_of(letter, "/course/confirm/").split("/")[-2], now=now)
    mailbox.mails.clear()
    worker.round()

    assert mailbox.mails[0]["To"] == "ana@example.org"
    assert len(mailbox.mails) <= work.AT_ONCE
    assert work.IDLE <= 5
