"""`manage.py moderate`: the queue for those who prefer a terminal, and for the owner's scripts."""

import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests import make
from tips.cases.models import Case, Decision, Kind
from tips.pages.models import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderate(capsys):
    def run(*words: str) -> str:
        call_command("moderate", *words)
        return str(capsys.readouterr().out)

    return run


def test_the_list_has_what_waits_with_hours_and_never_times(moderate):
    page = make.waiting_page("Wheelbarrow morning", flags=["saddle"])
    case = make.case_of(page)
    Case.objects.filter(pk=case.pk).update(opened_at=timezone.now() - timedelta(hours=5, minutes=10))
    make.case(Kind.MESSAGE)

    assert json.loads(moderate("list", "--json")) == [
        {
            "id": case.pk,
            "kind": "experience",
            "title": "Wheelbarrow morning",
            "state": "waiting",
            "flags": ["saddle"],
            "age_h": 5,
        }
    ]
    assert "Wheelbarrow morning  [saddle]" in moderate("list")


def test_a_reply_waits_as_such(moderate):
    make.waiting_comment(make.article(), "Glimmerwort helped.")

    (row,) = json.loads(moderate("list", "--json"))
    assert row["kind"] == "comment"
    assert "Glimmerwort" in row["title"]


def test_publishing_hiding_and_undoing_by_number(moderate, client):
    page = make.waiting_page("Wheelbarrow morning")
    number = str(make.case_of(page).pk)

    said = moderate("publish", number)
    page.refresh_from_db()
    assert page.get_absolute_url() in said
    assert client.get(page.get_absolute_url()).status_code == 200

    assert "because it offers medicines or drugs" in moderate(
        "hide", number, "--reason", "drug-sale", "--note", "Sorry."
    )
    assert client.get(page.get_absolute_url()).status_code == 410
    newest = Decision.objects.latest("pk")
    assert (newest.reason, newest.note, newest.by) == ("drug-sale", "Sorry.", None)

    moderate("undo", number)
    assert client.get(page.get_absolute_url()).status_code == 200


def test_a_decision_answers_in_json_when_asked(moderate):
    number = make.case_of(make.waiting_page("Wheelbarrow morning")).pk

    said = json.loads(moderate("publish", str(number), "--json"))

    assert (said["id"], said["state"], said["url"]) == (number, "published", "/pages/wheelbarrow-morning/")


def test_declining_without_a_reason_gives_the_usual_one(moderate):
    page = make.waiting_page()

    assert "not about backs" in moderate("decline", str(make.case_of(page).pk))
    assert Decision.objects.get().reason == "off-topic"


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (("publish", "999999"), "There is no case 999999"),
        (("publish",), "Which one"),
        (("decline", "1", "--reason", "because"), "invalid choice"),
    ],
)
def test_mistakes_are_answered_plainly(moderate, words, answer):
    with pytest.raises(CommandError, match=answer):
        moderate(*words)


def test_what_was_decided_cannot_be_decided_the_same_way_again(moderate):
    number = str(make.case_of(make.waiting_page()).pk)
    moderate("publish", number)

    with pytest.raises(CommandError, match=r"Not possible: case \d+ is published"):
        moderate("publish", number)
    assert Decision.objects.count() == 1


def test_a_message_is_not_decided_here(moderate):
    with pytest.raises(CommandError, match="There is no case"):
        moderate("publish", str(make.case(Kind.MESSAGE).pk))


def test_nothing_can_be_undone_before_something_was_decided(moderate):
    with pytest.raises(CommandError, match="nothing was decided yet"):
        moderate("undo", str(make.case_of(make.waiting_page()).pk))
    assert Page.objects.get().visibility == "unpublished"
