"""Proof of work: cheap for one sending, good for one only, and nobody needs it."""

import re
import threading
from pathlib import Path

import pytest
from django.conf import settings as site
from django.db import connection
from django.test import Client

from tests import make
from tips.cases.models import Case
from tips.guard import proof, tokens
from tips.guard.forms import UNPROVEN
from tips.pages.models import Page

TOKEN = tokens.issue("share", now=make.NOW)
# Sendings by each of ten at once; beside PostgreSQL fewer, for after the first round all are alike.
EACH = 10 if connection.vendor == "sqlite" else 3
FORM_JS = site.BASE_DIR / "backsite" / "static" / "js" / "form.js"


def filled(vik: Client, *, proven: bool, **over: str) -> dict[str, str]:
    said = make.filled(vik, "/share/", **make.story(**over))
    return {**said, "proof": proof.find(said["form_token"])} if proven else said


def test_what_was_found_for_a_token_proves_it_and_no_other():
    number = proof.find(TOKEN)

    assert proof.is_proven(TOKEN, number)
    others = [tokens.issue("share", now=make.NOW) for _ in range(20)]
    assert sum(proof.is_proven(other, number) for other in others) < 5


@pytest.mark.parametrize("number", ["", "x", "-1", "1e3", "٣", "1" * 7, "0 ", "\x00"])
def test_anything_but_a_short_number_proves_nothing_and_breaks_nothing(number):
    assert not proof.is_proven(TOKEN, number)


def test_it_takes_some_tries_and_never_so_many_that_a_phone_gives_up():
    tries = [int(proof.find(f"token {each}")) + 1 for each in range(40)]

    assert 2**proof.BITS / 3 < sum(tries) / len(tries) < 3 * 2**proof.BITS
    assert max(tries) < 2000


def test_the_browser_counts_with_the_same_figures():
    script = Path(FORM_JS).read_text("utf-8")

    assert [int(found) for found in re.findall(r"iterations: (\d+)", script)] == [proof.ITERATIONS]
    assert f">>> {32 - proof.BITS} === 0" in script


@pytest.mark.django_db
@pytest.mark.parametrize("proven", [True, False])
def test_a_page_is_taken_with_it_and_without_it_and_only_the_reader_is_told(proven):
    vik = Client()

    assert vik.post("/share/", filled(vik, proven=proven)).status_code == 303
    assert (UNPROVEN in Case.objects.get().signals) is not proven


@pytest.mark.django_db
def test_it_is_carried_from_the_first_page_over_the_check():
    vik = Client()
    said = filled(vik, proven=True, action="check")

    shown = vik.post("/share/", said).content.decode()

    assert f'name="proof" value="{said["proof"]}"' in shown


@pytest.mark.django_db
def test_a_fresh_token_does_not_keep_the_proof_of_a_stale_one():
    vik = Client()
    said = {**filled(vik, proven=True), "form_token": "stale"}

    shown = vik.post("/share/", said).content.decode()

    assert 'name="proof"' in shown
    assert said["proof"] not in re.findall(r'name="proof" value="(\d+)"', shown)


@pytest.mark.django_db(transaction=True)
def test_one_proof_sent_again_by_a_hundred_at_once_is_accepted_once_t30():
    said, answers, start = filled(Client(), proven=True), [], threading.Barrier(10)

    def send(sender: int) -> None:
        start.wait()
        for number in range(EACH):
            words = {**said, "title": f"Sent by {sender}, number {number}"}
            answers.append(Client(REMOTE_ADDR=f"203.0.{sender}.{number}").post("/share/", words).status_code)
        connection.close()

    senders = [threading.Thread(target=send, args=[sender]) for sender in range(10)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()

    assert len(answers) == 10 * EACH
    assert answers.count(303) == 1
    assert set(answers) <= {303, 422, 503}
    assert Page.objects.count() == 1
