"""The owner sees how every letter stands and why, never to whom it goes or what it says, and decides where in doubt."""

import re

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from accounts.models import Role
from tests import make
from tips.desk.deliveries import REASONS, STANDS
from tips.mail import outbox, verdicts
from tips.mail.errors import Gone, NotSent, Temporary, Uncertain
from tips.mail.letters import Letter
from tips.mail.models import Delivery, State
from tips.mail.sending import Purpose, send_due

pytestmark = pytest.mark.django_db
ANA = "ana.plain@example.org"


class Post:
    def __init__(self, answer: NotSent | None = None) -> None:
        self.answer = answer
        self.tried: list[str] = []

    def send(self, envelope):
        self.tried.append(envelope.to)
        if self.answer:
            raise self.answer
        return "250"


@pytest.fixture
def olga():
    client = Client()
    client.force_login(make.user("olga@example.org", Role.OWNER))
    return client


def letter(key, answer=None, policy="hold"):
    """A lesson to Ana, handed to a mail server that answers so."""
    context = {"subject": "My shoulder", "text": "Between us\n"}
    now = timezone.now()
    with transaction.atomic():
        made = outbox.compose("course/mail/lesson", to=ANA, context=context, key=key, now=now, policy=policy)
    send_due({"course/mail/lesson": note()}, now=now, transport=Post(answer))
    made.refresh_from_db()
    return made


def note():
    return Purpose(lambda _delivery, context: Letter(**context))


def words(client):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", client.get("/desk/letters/").content.decode()))


def test_each_letter_says_what_it_is_how_it_stands_and_why(olga):
    letter("1")
    letter("2", Temporary("451 4.7.1"))
    letter("3", Gone("550 5.1.1"))
    said = words(olga)

    assert "Course: lesson: sent" in said
    assert "Course: lesson: will be tried again The other mail server asked us to come back later. (451 4.7.1)" in said
    assert "Course: lesson: refused There is no such mailbox." in said


def test_nobody_reads_there_to_whom_it_goes_or_what_it_says(olga):
    letter("1", Uncertain("no reply"))
    page = olga.get("/desk/letters/").content.decode()

    assert not [secret for secret in (ANA, "ana.plain", "My shoulder", "Between us") if secret in page]


def test_sent_again_it_is_the_same_letter(olga):
    held = letter("1", Uncertain("no reply"))
    assert "may not have arrived" in words(olga)

    assert olga.post(f"/desk/letters/{held.pk}/", {"action": "again"}).status_code == 303
    post = Post()
    send_due({"course/mail/lesson": note()}, now=timezone.now(), transport=post)
    held.refresh_from_db()
    assert (held.state, post.tried) == (State.ACCEPTED, [ANA])


def test_left_it_never_goes_out_and_is_forgotten(olga):
    held = letter("1", Uncertain("no reply"))
    olga.post(f"/desk/letters/{held.pk}/", {"action": "leave"})
    post = Post()
    send_due({"course/mail/lesson": note()}, now=timezone.now(), transport=post)

    held.refresh_from_db()
    assert (held.state, post.tried, bytes(held.sealed_to)) == (State.DEAD, [], b"")
    assert "It was left as it was" in words(olga)


def test_a_letter_that_is_decided_stays_decided(olga):
    sent = letter("1")
    answer = olga.post(f"/desk/letters/{sent.pk}/", {"action": "again"}, follow=True)

    assert "decided already" in answer.content.decode()
    assert not Delivery.objects.unfinished().exists()


def test_a_thousand_letters_cost_no_more_questions_than_one(olga, django_assert_max_num_queries):
    for number in range(60):
        letter(f"{number}", Uncertain("no reply") if number % 2 else None)
    with django_assert_max_num_queries(12):
        assert olga.get("/desk/letters/").status_code == 200


def test_every_state_and_every_reason_has_its_words():
    said_by_verdicts = {name for name, _ in verdicts.OUTCOMES.values()}

    assert set(STANDS) == set(State)
    assert said_by_verdicts | {"suppressed", "cancelled"} <= set(REASONS)
