"""Olga goes away: visitors are told, Mina finds a note, and letters say what has waited too long."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.test import Client
from django.utils import timezone

from tests import make
from tests.desk.test_setting_up import ANSWERS
from tips.cases.models import Case, Kind, Priority, State
from tips.desk import alerts
from tips.desk.letters import PURPOSES
from tips.mail.models import Delivery
from tips.mail.sending import send_due
from tips.practice import pace
from tips.practice.current import site
from tips.practice.models import Practice

pytestmark = pytest.mark.django_db
NOTE = "Ring me on Sundays. Leave the course letters to me."


class Post:
    def __init__(self) -> None:
        self.letters: list[str] = []

    def send(self, envelope):
        self.letters.append(message_from_bytes(envelope.body, policy=policy.default).get_body(("plain",)).get_content())
        return "250"


@pytest.fixture
def away(django_capture_on_commit_callbacks):
    """Back in ten days."""
    back = timezone.localdate() + timedelta(days=10)
    olga = make.signed_in(make.olga())
    said = {**ANSWERS, "away_until": back.isoformat(), "away_line": "Mina reads what you send.", "handover": NOTE}
    with django_capture_on_commit_callbacks(execute=True):
        assert olga.post("/desk/setup/", said).status_code == 303
    return back


def waiting(*, hours: float, **over) -> Case:
    return make.case(opened_at=timezone.now() - timedelta(hours=hours), **over)


def told() -> list[tuple[str, str]]:
    """[(purpose, key)] of the letters that an hour's housekeeping writes, twice over."""
    alerts.tell_of_waiting(timezone.now())
    alerts.tell_of_waiting(timezone.now() + timedelta(minutes=10))
    return sorted(Delivery.objects.values_list("purpose", "idem_key"))


def test_visitors_are_told_where_they_write_and_may_write_all_the_same(away):
    page = make.page()
    for address in ("/share/", f"{page.get_absolute_url()}comment/", "/contact/"):
        shown = Client().get(address).content.decode()
        assert f"Olga Marsh is away; back on {away.day} {away:%B}. Mina reads what you send." in shown, address
    vik = Client()
    assert vik.post("/share/", make.filled(vik, "/share/", **make.story())).status_code == 303
    assert "is away" in vik.get("/share/received/").content.decode()


def test_it_ends_by_itself_on_the_day_of_coming_back(away, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        pace.look(timezone.now() + timedelta(days=9))
    assert site().away_until == away
    with django_capture_on_commit_callbacks(execute=True):
        pace.look(timezone.now() + timedelta(days=10))
    assert site().away_until is None
    assert "is away" not in Client().get("/contact/").content.decode()


def test_the_note_is_for_those_who_can_moderate_and_for_nobody_else(away):
    assert NOTE in make.signed_in(make.mina()).get("/desk/handover/").content.decode()
    assert make.signed_in(make.ana()).get("/desk/handover/").status_code == 404
    assert Client().get("/desk/handover/").status_code == 302
    for address in ("/", "/contact/", "/share/", "/about/"):
        assert NOTE not in Client().get(address).content.decode()


def test_an_emergency_that_waits_an_hour_is_mailed_once_for_each():
    Practice.objects.create(pk=1, notify="olga@example.org")
    late = waiting(hours=1.1, priority=Priority.EMERGENCY)
    waiting(hours=0.5, priority=Priority.EMERGENCY)
    waiting(hours=5, priority=Priority.SAME_DAY)
    waiting(hours=5, priority=Priority.EMERGENCY, state=State.PUBLISHED)

    assert told() == [("desk/mail/emergency", f"emergency:{late.pk}:owner")]


def test_whatever_waits_a_day_is_mailed_once_a_day_however_much_it_is():
    Practice.objects.create(pk=1, notify="olga@example.org")
    for kind in (Kind.PAGE, Kind.COMMENT, Kind.MESSAGE):
        waiting(hours=25, kind=kind)
    waiting(hours=23)

    today = timezone.localdate()
    assert told() == [("desk/mail/overdue", f"overdue:{today}:owner")]
    alerts.tell_of_waiting(timezone.now() + timedelta(days=1))
    assert Delivery.objects.filter(purpose="desk/mail/overdue").count() == 2


def test_nothing_is_mailed_while_nothing_waits_too_long():
    Practice.objects.create(pk=1, notify="olga@example.org")
    waiting(hours=23)

    assert told() == []


def test_while_olga_is_away_those_who_stand_in_get_the_letters_too(away):
    mina = make.mina()
    make.ana()
    case = waiting(hours=2, priority=Priority.EMERGENCY)

    assert told() == [
        ("desk/mail/emergency", f"emergency:{case.pk}:{mina.pk}"),
        ("desk/mail/emergency", f"emergency:{case.pk}:owner"),
    ]


def test_the_letters_say_what_waits_and_change_nothing(away):
    first = waiting(hours=30, priority=Priority.EMERGENCY)
    alerts.tell_of_waiting(timezone.now())
    box = Post()
    send_due(PURPOSES, now=timezone.now(), transport=box)

    assert len(box.letters) == 2
    assert any("may be an emergency" in letter and "Please look now" in letter for letter in box.letters)
    assert any("1 thing waits to be read" in letter for letter in box.letters)
    assert all("/moderation/" in letter for letter in box.letters)
    first.refresh_from_db()
    assert first.state == State.WAITING
