"""What time makes due: exact times go, old things go, and every night there is a backup."""

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

from backsite import housekeeping, locks
from tests import make
from tips.cases.models import State
from tips.keys.sealing import seal
from tips.moderation import flows as moderation
from tips.receipts.models import Address
from tips.receipts.store import issue

NOW = datetime(2026, 11, 22, 12, 34, 56, tzinfo=UTC)
AFTER_A_WEEK = NOW + timedelta(days=8)


def decided(at=NOW, opened=NOW - timedelta(hours=5)):
    page = make.waiting_page()
    case = make.case_of(page)
    type(case).objects.filter(pk=case.pk).update(opened_at=opened)
    return moderation.publish(case=case, by=None, version=1, now=at)


@pytest.mark.django_db
def test_t37_a_week_after_a_decision_the_day_stays_and_the_time_goes():
    decision = decided()

    assert housekeeping.blur_times(NOW + timedelta(days=6)) == 0
    assert housekeeping.blur_times(AFTER_A_WEEK) == 2
    assert housekeeping.blur_times(AFTER_A_WEEK) == 0

    decision.refresh_from_db()
    assert decision.decided_at == datetime(2026, 11, 22, tzinfo=UTC)
    assert decision.case.opened_at == datetime(2026, 11, 22, tzinfo=UTC)


@pytest.mark.django_db
def test_what_still_waits_keeps_its_time_since_its_hours_are_counted():
    case = make.case(opened_at=NOW)

    housekeeping.blur_times(NOW + timedelta(days=300))

    case.refresh_from_db()
    assert case.opened_at == NOW


@pytest.mark.django_db
def test_what_its_author_took_back_loses_its_time_too():
    case = make.case(opened_at=NOW, state=State.WITHDRAWN)

    housekeeping.blur_times(AFTER_A_WEEK)

    case.refresh_from_db()
    assert case.opened_at == datetime(2026, 11, 22, tzinfo=UTC)


@pytest.mark.django_db
def test_a_new_decision_gives_the_case_another_week():
    first = decided()
    moderation.hide(
        case=first.case, reason="off-topic", note="", by=None, version=first.case.version, now=NOW + timedelta(days=5)
    )

    housekeeping.blur_times(AFTER_A_WEEK)

    first.case.refresh_from_db()
    assert first.case.opened_at == NOW - timedelta(hours=5)


@pytest.mark.django_db
def test_addresses_go_when_their_time_is_up():
    receipt, _ = issue(page=make.waiting_page(), email="vik@example.org", today=make.TODAY)
    Address.objects.filter(receipt=receipt).update(sealed=seal("addresses", b"x"), purge_on=NOW.date())

    housekeeping.tidy(NOW - timedelta(days=1))
    assert Address.objects.count() == 1
    housekeeping.tidy(NOW)
    assert Address.objects.count() == 0


@pytest.mark.django_db
def test_one_task_that_fails_does_not_keep_the_others_from_their_turn(monkeypatch, caplog):
    def broken(_now):
        raise DatabaseError("canary text")

    done = []
    monkeypatch.setattr(housekeeping, "HOURLY", (broken, done.append))

    housekeeping.tidy(NOW)

    assert done == [NOW]
    assert "canary" not in caplog.text


@pytest.fixture
def home(settings, tmp_path):
    settings.HOME = tmp_path / "home"
    return settings.HOME


def nights(home: Path) -> list[str]:
    return sorted(path.name for path in (home / "backups").iterdir() if not path.name.startswith("."))


@pytest.mark.skipif(connection.vendor != "sqlite", reason="needs PostgreSQL's programs there")
@pytest.mark.django_db(transaction=True)
def test_every_night_there_is_a_backup_and_a_week_of_them_is_kept(home):
    make.page("Wheelbarrow morning")
    start = NOW
    assert not housekeeping.tidy_at_night(start)  # a new home waits for its first night

    for day in range(1, 10):
        assert housekeeping.tidy_at_night(start + timedelta(days=day))

    kept = [(timezone.localdate(start) + timedelta(days=day)).isoformat() for day in range(3, 10)]
    assert nights(home) == kept
    assert not list((home / "backups").glob("*keys*"))
    copy = sqlite3.connect(home / "backups" / kept[-1] / "backsite.sqlite3")
    assert copy.execute("SELECT title FROM pages_page").fetchall() == [("Wheelbarrow morning",)]
    copy.close()


@pytest.mark.django_db
def test_a_night_is_done_once(home, monkeypatch):
    done = []
    monkeypatch.setattr(housekeeping, "NIGHTLY", (done.append,))
    evening, before_three, after_three = (
        datetime(2026, 11, *at, tzinfo=UTC) for at in ((22, 20), (23, 2, 59), (23, 3))
    )

    results = [housekeeping.tidy_at_night(now) for now in (evening, before_three, after_three, after_three)]

    assert results == [False, False, True, False]
    assert done == [after_three]


@pytest.mark.django_db
def test_while_one_worker_tidies_another_leaves_it_alone(home, monkeypatch):
    done = []
    monkeypatch.setattr(housekeeping, "NIGHTLY", (done.append,))
    housekeeping.tidy_at_night(NOW)

    with locks.alone(home / locks.HOUSEKEEPER):
        assert not housekeeping.tidy_at_night(AFTER_A_WEEK)
    assert done == []
