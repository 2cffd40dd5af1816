"""Messages and reports are read in the queue, dealt with, and never published."""

import pytest
from django.test import Client

from tests import make
from tips.cases.models import Case, Decision

pytestmark = pytest.mark.django_db


def report(client: Client, **over) -> Case:
    page = make.page("A page with a telephone number")
    said = {
        "of": f"http://testserver{page.get_absolute_url()}",
        "reason": "personal",
        "words": "My number is in it.",
        **over,
    }
    answer = client.post("/report/", make.filled(client, f"/report/?of={page.get_absolute_url()}", **said))
    assert (answer.status_code, answer["Location"]) == (303, "/contact/received/")
    return Case.objects.get(kind="message")


def test_anybody_can_report_without_an_account_and_mina_reads_it():
    case = report(Client())
    assert case.message.about == "/pages/a-page-with-a-telephone-number/"
    mina = make.signed_in(make.mina())
    assert "Report about /pages/a-page-with-a-telephone-number/" in mina.get("/moderation/").content.decode()
    assert "My number is in it." in mina.get(f"/moderation/messages/{case.pk}/").content.decode()


def test_it_is_dealt_with_once():
    case = report(Client())
    mina = make.signed_in(make.mina())
    for _ in range(2):
        assert mina.post(f"/moderation/messages/{case.pk}/", {"action": "answer", "version": 1}).status_code == 303
    case.refresh_from_db()
    assert (case.state, Decision.objects.filter(case=case).count()) == ("answered", 1)
    assert "Report about" not in mina.get("/moderation/").content.decode()


def test_a_message_cannot_be_published():
    case = report(Client())
    mina = make.signed_in(make.mina())
    assert mina.get(f"/moderation/{case.pk}/").status_code == 404
    assert mina.post(f"/moderation/{case.pk}/", {"action": "publish", "version": 1}).status_code == 404


def test_a_report_needs_a_reason_and_keeps_its_words():
    vik = Client()
    answer = vik.post("/report/", make.filled(vik, "/report/", of="/pages/x/", reason="", words="It is about me."))
    assert answer.status_code == 422
    assert "It is about me." in answer.content.decode()


@pytest.mark.parametrize("who", [None, make.ana])
def test_nobody_else_reads_messages(who):
    case = report(Client())
    client = make.signed_in(who()) if who else Client()
    assert client.get(f"/moderation/messages/{case.pk}/").status_code == (404 if who else 302)
