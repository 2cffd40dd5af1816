"""Scenarios 7, 14 and 15, as far as they are the course's: who cannot be reached, who leaves, who is erased."""

from datetime import timedelta

import pytest
from django.db import connection, transaction

from tests.course.mailbox import link_of
from tips.course import flows, progress
from tips.course.models import CapabilityToken, ConsentEvent, Enrolment, LessonSent, State
from tips.mail import outbox, suppressions
from tips.mail.errors import Gone, Permanent
from tips.mail.models import Delivery

ANA = "ana@example.org"


def refuse(monkeypatch, mailbox, error):
    def send(envelope):
        raise error

    monkeypatch.setattr(mailbox, "send", send)


def test_14_who_does_not_exist_any_more_gets_nothing_more(enrol, ask, mailbox, now, monkeypatch):
    enrol()
    refuse(monkeypatch, mailbox, Gone("550 5.1.1"))
    mailbox.mornings(now, 10)
    monkeypatch.undo()
    row = Enrolment.objects.get()
    assert (row.state, Delivery.objects.unfinished().filter(group=row.lessons).count()) == (State.SUPPRESSED, 0)
    ask(ANA, now + timedelta(days=11))
    assert mailbox.mornings(now + timedelta(days=11), 10) == []


def test_14_a_bounce_told_later_stops_the_lesson_that_waits(enrol, mailbox, now):
    enrol()
    outbox.suppress(ANA, "5.1.1", now)
    assert mailbox.mornings(now, 10) == []
    assert Enrolment.objects.get().state == State.SUPPRESSED


def test_14_after_three_lessons_that_nobody_would_take_the_course_waits_for_its_reader(
    enrol, mailbox, now, monkeypatch
):
    enrol()
    refuse(monkeypatch, mailbox, Permanent("550 5.3.4"))
    mailbox.mornings(now, 20)
    monkeypatch.undo()
    row = Enrolment.objects.get()
    assert (row.state, row.failures) == (State.PAUSED, 2)
    assert not outbox.is_suppressed(ANA), "the person is not to blame"
    progress.resume(row, now=now + timedelta(days=20))
    assert len(mailbox.mornings(now + timedelta(days=20), 2)) == 1


def test_14_one_lesson_refused_comes_again_on_another_day(enrol, mailbox, now, monkeypatch):
    enrol()
    refuse(monkeypatch, mailbox, Permanent("554"))
    mailbox.mornings(now, 4)
    monkeypatch.undo()
    came = mailbox.mornings(now + timedelta(days=4), 3)
    assert [mail["Subject"] for mail in came] == ["Lesson 2 of 8"]


def test_14_a_course_hears_at_once_that_its_lesson_was_refused(enrol, mailbox, now, monkeypatch):
    enrol()
    refuse(monkeypatch, mailbox, Gone("550 5.1.1"))
    mailbox.work(now + timedelta(days=4))
    assert Enrolment.objects.get().state == State.SUPPRESSED


def test_14_a_lesson_refused_for_another_reason_is_under_way_again_at_once(enrol, mailbox, now, monkeypatch):
    enrol()
    refuse(monkeypatch, mailbox, Permanent("554"))
    mailbox.work(now + timedelta(days=4))
    row = Enrolment.objects.get()
    assert (row.state, row.failures) == (State.ACTIVE, 1)
    assert Delivery.objects.unfinished().filter(group=row.lessons, stopped=False).count() == 1


def test_14_whose_confirmation_bounces_is_enrolled_no_longer_and_not_reminded(ask, mailbox, now, monkeypatch):
    ask()
    refuse(monkeypatch, mailbox, Gone("550 5.1.1"))
    mailbox.work(now)
    assert Enrolment.objects.get().state == State.EXPIRED
    assert not Delivery.objects.unfinished().exists()


def test_14_whose_farewell_bounces_gets_no_letters_either(enrol, mailbox, now):
    enrol()
    Enrolment.objects.update(state=State.COMPLETED, wants_letters=True, cursor=8)
    outbox.suppress(ANA, "5.1.1", now)
    with transaction.atomic():
        outbox.compose(
            progress.COMPLETED, to=ANA, context={}, key="farewell", now=now, group=Enrolment.objects.get().group
        )
    mailbox.work(now)
    row = Enrolment.objects.get()
    assert (row.state, row.wants_letters) == (State.SUPPRESSED, False)


def test_14_after_ninety_days_one_confirmation_finds_out_whether_an_address_exists_again(ask, mailbox, now):
    outbox.suppress(ANA, "5.1.1", now)
    ask(ANA, now + timedelta(days=89))
    assert mailbox.work(now + timedelta(days=89)) == []
    ask(ANA, now + timedelta(days=91))
    assert len(mailbox.work(now + timedelta(days=91))) == 1


def test_14_after_a_complaint_no_confirmation_ever_goes_out(ask, mailbox, now):
    outbox.suppress(ANA, suppressions.COMPLAINT, now)
    ask(ANA, now + timedelta(days=400))
    assert mailbox.work(now + timedelta(days=400)) == []


def test_07_leaving_is_remembered_for_lists_read_in_later_and_undone_by_asking_again(enrol, ask, mailbox, now):
    word = link_of(enrol(), "/u/").removeprefix("/u/")
    flows.leave(word=word, now=now)
    assert suppressions.importable([ANA, "new@example.org"], scope="course") == ["new@example.org"]
    assert not outbox.is_suppressed(ANA), "other mail may reach them"
    enrol(now=now + timedelta(days=1))
    assert suppressions.importable([ANA], scope="course") == [ANA]


@pytest.fixture
def erased(enrol, now):
    enrol()
    flows.erase(Enrolment.objects.get(), now=now)


def test_15_erasing_leaves_no_trace_of_the_person(erased, now):
    row = Enrolment.objects.get()
    assert (row.state, row.address_digest, bytes(row.sealed_address), row.last_at) == (State.ERASED, "", b"", None)
    assert LessonSent.objects.count() == CapabilityToken.objects.count() == 0
    assert Delivery.objects.unfinished().count() == 0
    assert not ConsentEvent.objects.exclude(at=None).exists()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 (names from the database itself)
            rows = [[bytes(value) if isinstance(value, memoryview) else value for value in row] for row in cursor]
            assert "ana@" not in repr(rows), table


def test_15_erasing_while_a_lesson_is_on_the_wire_lets_that_one_go_and_no_other(enrol, mailbox, now, monkeypatch):
    enrol()
    send = mailbox.send

    def send_and_erase(envelope):
        flows.erase(Enrolment.objects.get(), now=now)
        return send(envelope)

    monkeypatch.setattr(mailbox, "send", send_and_erase)
    assert len(mailbox.work(now + timedelta(days=4))) == 1
    assert mailbox.mornings(now + timedelta(days=4), 40) == []
    assert Enrolment.objects.get().state == State.ERASED


def test_15_an_acceptance_that_began_before_the_erasing_writes_nothing_on_whom_it_forgot(enrol, now, monkeypatch):
    """On PostgreSQL it may still see what erasing deleted; here nothing was, so that the state alone can stop it."""
    enrol()
    monkeypatch.setattr(flows, "_forget_traces", lambda _enrolments: None)
    flows.erase(Enrolment.objects.get(), now=now)
    erased = Enrolment.objects.values().get()
    with transaction.atomic():
        progress.advance(Delivery.objects.get(idem_key=LessonSent.objects.get().delivery_key), now + timedelta(hours=1))
    assert Enrolment.objects.values().get() == erased
    assert not Delivery.objects.unfinished().filter(stopped=False).exists()


def test_15_no_list_brings_them_back_and_asking_again_starts_afresh(erased, ask, mailbox, now):
    assert suppressions.importable([ANA], scope="course") == []
    ask(ANA, now + timedelta(days=1))
    new = Enrolment.objects.latest("pk")
    assert (Enrolment.objects.count(), new.state, new.run, new.cursor) == (2, State.PENDING, 1, 0)
    (letter,) = mailbox.work(now + timedelta(days=1))
    assert letter["Subject"] == "Please confirm: your lessons by e-mail"


def test_15_erasing_twice_changes_nothing_more(erased, now):
    before = Enrolment.objects.values().get()
    assert not flows.erase(Enrolment.objects.get(), now=now)
    assert Enrolment.objects.values().get() == before


def test_07_the_way_out_works_long_after_the_address_was_forgotten(enrol, mailbox, now):
    word = link_of(enrol(), "/u/").removeprefix("/u/")
    mailbox.mornings(now, 30)
    assert flows.forget(now + timedelta(days=70)) == 1
    assert flows.leave(word=word, now=now + timedelta(days=400))
    assert Enrolment.objects.get().state == State.UNSUBSCRIBED


def test_14_one_address_that_cannot_be_read_keeps_nobody_else_waiting(enrol, mailbox, now):
    enrol("vik@example.org")
    enrol()
    first = Enrolment.objects.order_by("pk").first()
    Enrolment.objects.filter(pk=first.pk).update(sealed_address=b"broken")
    Enrolment.objects.update(state=State.PAUSED, paused_until=now.date())
    Delivery.objects.filter(group__startswith="lessons:").delete()
    came = mailbox.mornings(now + timedelta(days=3), 2)
    assert [mail["To"] for mail in came] == [ANA]
