"""`manage.py work`: mail goes out, what is old goes away, and what goes wrong for a while is waited for."""

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.mail import send_mail
from django.core.management import call_command
from django.db import OperationalError, connection, transaction

from backsite import work
from backsite.stopping import Stop
from backsite.work import PURPOSES, Worker
from tips.desk.flows import send_test_mail
from tips.mail.claims import claim
from tips.mail.models import Delivery
from tips.mail.transport import FileTransport

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


class Letters:
    """A transport that keeps what it is given, and may end the worker."""

    def __init__(self, stop: Stop | None = None) -> None:
        self.taken: list[str] = []
        self.stop = stop

    def send(self, envelope) -> str:
        self.taken.append(envelope.to)
        if self.stop:
            self.stop.set()
        return "250"

    def close(self) -> None:
        pass


def worker(transport, **over) -> Worker:
    return Worker(**{"clock": lambda: NOW, "transport": transport, "nights": False, **over})


def test_every_letter_that_has_templates_is_sent_by_the_worker():
    written = {
        f"{path.parts[-3]}/mail/{path.name.removesuffix('_subject.txt')}"
        for path in TEMPLATES.glob("*/mail/*_subject.txt")
    }

    assert written == set(PURPOSES) - {"django"}


@pytest.mark.django_db
def test_once_sends_all_that_is_due_and_returns(tmp_path):
    for number in range(25):
        send_test_mail(to=f"olga{number}@example.org", now=NOW)
    letters = Letters()

    worker(letters).run_once()

    assert len(letters.taken) == 25
    assert not Delivery.objects.unfinished().exists()


@pytest.mark.django_db
def test_what_django_mails_goes_the_same_way():
    send_mail("A subject", "A text.", None, ["olga@example.org"])
    letters = Letters()

    worker(letters, clock=lambda: datetime.now(UTC)).run_once()

    assert letters.taken == ["olga@example.org"]


@pytest.mark.django_db
def test_the_command_takes_a_made_up_time(settings):
    send_test_mail(to="olga@example.org", now=NOW + timedelta(days=60))

    call_command("work", "--once", "--now", "2026-11-22T12:00:00")
    assert not list(Path(settings.MAIL_FOLDER).glob("*.eml"))
    call_command("work", "--now", (NOW + timedelta(days=61)).isoformat())
    assert len(list(Path(settings.MAIL_FOLDER).glob("*.eml"))) == 1


@pytest.mark.django_db
def test_a_made_up_time_makes_no_backup(settings, monkeypatch):
    asked = []
    monkeypatch.setattr("backsite.housekeeping.tidy_at_night", asked.append)

    call_command("work", "--once", "--now", "2099-01-01T04:00:00+00:00")
    assert asked == []
    call_command("work", "--once")
    assert len(asked) == 1


@pytest.mark.django_db
def test_housekeeping_has_its_turn_every_ten_minutes(monkeypatch):
    asked: list[datetime] = []
    monkeypatch.setattr("backsite.housekeeping.tidy", asked.append)
    times = [NOW, NOW + timedelta(minutes=9), NOW + timedelta(minutes=10), NOW + timedelta(minutes=11)]
    each = iter(times)
    tireless = worker(Letters(), clock=lambda: next(each))

    for _ in times:
        tireless.round()

    assert asked == [times[0], times[2]]


@pytest.mark.django_db
def test_every_minute_it_is_looked_how_much_waits(monkeypatch):
    asked: list[datetime] = []
    monkeypatch.setattr("tips.practice.pace.look", asked.append)
    times = [NOW + timedelta(seconds=each) for each in (0, 59, 60, 61, 120)]
    each = iter(times)
    tireless = worker(Letters(), clock=lambda: next(each))

    for _ in times:
        tireless.round()

    assert asked == [times[0], times[2], times[4]]


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_away_for_a_while_is_waited_for(monkeypatch):
    send_test_mail(to="olga@example.org", now=NOW)
    stop, really, tries = Stop(), work.send_due, []

    def send_due(*args, **kwargs):
        tries.append(1)
        if len(tries) == 1:
            raise OperationalError("database is locked")
        return really(*args, **kwargs)

    monkeypatch.setattr(work, "send_due", send_due)
    monkeypatch.setattr(work, "AFTER_TROUBLE", 0)
    letters = Letters(stop)

    worker(letters, stop=stop).run()

    assert letters.taken == ["olga@example.org"]
    assert len(tries) == 2


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_each_letter_once(monkeypatch):
    with transaction.atomic():
        for number in range(30):
            send_test_mail(to=f"olga{number}@example.org", now=NOW)
    monkeypatch.setattr("backsite.housekeeping.tidy", lambda now: None)
    letters = Letters()

    def run() -> None:
        worker(letters).run_once()
        connection.close()

    both = [threading.Thread(target=run) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()

    assert sorted(letters.taken) == sorted(f"olga{number}@example.org" for number in range(30))


@pytest.mark.django_db
def test_once_waits_for_what_another_worker_has_in_hand(monkeypatch):
    delivery = send_test_mail(to="olga@example.org", now=NOW)
    claim(now=NOW, limit=1, lease=timedelta(minutes=10))
    looks = []

    def in_hand() -> bool:
        looks.append(1)
        if len(looks) == 3:
            Delivery.objects.filter(pk=delivery.pk).update(state="scheduled", due_at=NOW, lease_until=None)
        return really()

    really = work.in_hand
    monkeypatch.setattr(work, "in_hand", in_hand)
    letters = Letters()

    worker(letters).run_once()

    assert letters.taken == ["olga@example.org"]


@pytest.mark.django_db
def test_once_does_not_wait_for_a_worker_that_died(monkeypatch):
    send_test_mail(to="olga@example.org", now=NOW)
    claim(now=NOW, limit=1, lease=timedelta(minutes=10))
    monkeypatch.setattr(work, "PATIENCE", 0.1)
    letters = Letters()

    worker(letters).run_once()

    assert letters.taken == []


@pytest.mark.django_db
def test_a_letter_lies_in_the_folder_as_a_file(tmp_path):
    send_test_mail(to="olga@example.org", now=NOW)

    worker(FileTransport(tmp_path)).run_once()

    (letter,) = tmp_path.glob("*.eml")
    assert b"Your site can write to you" in letter.read_bytes()
