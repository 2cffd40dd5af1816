"""Olga keeps a list of words: she sees what a line would have marked before she keeps it, and it refuses nobody."""

import re

import pytest
from django.test import Client

from tests import make
from tips.audit.models import AuditEvent
from tips.cases.models import Case
from tips.guard.models import WatchedWord

pytestmark = pytest.mark.django_db
ADD = "/admin/guard/watchedword/add/"
LINE = {"pattern": "miracle*", "label": "promises a cure", "does": "later", "points": "30"}


def added(client: Client, **over) -> tuple[int, str]:
    answer = client.post(ADD, {**LINE, **over})
    return answer.status_code, answer.content.decode()


def tried(page: str) -> str:
    found = re.search(r'name="tried" value="([^"]*)"', page)
    return found[1] if found else ""


@pytest.fixture
def olga() -> Client:
    return make.signed_in(make.olga())


def send(story: str) -> Case:
    vik = Client()
    assert vik.post("/share/", make.filled(vik, "/share/", **make.story(story=story))).status_code == 303
    return Case.objects.latest("pk")


def test_before_it_is_kept_it_says_what_it_would_have_marked(olga):
    page = make.page("A m1racle it was", "It seized and let go again.")
    make.comment(page, "Miracles do happen, it seems.")
    make.comment(page, "Nothing of the sort here.")
    make.waiting_page("Another miracle")

    status, shown = added(olga)

    assert (status, WatchedWord.objects.count()) == (200, 0)
    assert "Of the last 3 things published it would have marked 2" in shown
    assert "“m1racle”, “Miracles”" in shown
    assert added(olga, tried=tried(shown))[0] == 302
    assert WatchedWord.objects.get().pattern == "miracle*"
    assert AuditEvent.objects.latest("seq").action == "watched words kept"


def test_other_words_after_the_dry_run_are_tried_again(olga):
    _, shown = added(olga)

    status, again = added(olga, tried=tried(shown), pattern="cure")

    assert (status, WatchedWord.objects.count()) == (200, 0)
    assert "Of the last 0 things published it would have marked none" in again


def test_points_alone_can_be_changed_without_a_dry_run(olga):
    word = WatchedWord.objects.create(**LINE)

    answer = olga.post(f"/admin/guard/watchedword/{word.pk}/change/", {**LINE, "points": "10"})

    assert answer.status_code == 302
    word.refresh_from_db()
    assert word.points == 10


@pytest.mark.parametrize("over", [{"pattern": "*"}, {"pattern": "? *"}, {"points": "101"}, {"does": "refuse"}])
def test_a_line_that_marks_everything_or_does_more_than_order_and_colour_is_not_kept(olga, over):
    status, shown = added(olga, **over)
    assert added(olga, **over, tried=tried(shown))[0] == 200
    assert (status, WatchedWord.objects.count()) == (200, 0)


def test_what_is_sent_with_such_a_word_is_taken_and_marked():
    WatchedWord.objects.create(**LINE)
    case = send("It was a M1RACLE that happened in my lower back when I bent over.")

    assert "promises a cure: “M1RACLE”" in case.signals


def test_a_line_that_is_gone_marks_nothing(olga):
    word = WatchedWord.objects.create(**LINE)
    olga.post(f"/admin/guard/watchedword/{word.pk}/delete/", {"post": "yes"})

    assert not any("miracle" in each for each in send("It was a miracle for my lower back.").signals)
    assert AuditEvent.objects.latest("seq").action == "watched words removed"


@pytest.mark.parametrize("who", [make.mina, make.ana])
def test_the_list_is_the_owners_and_the_leads(who):
    client = make.signed_in(who())

    assert client.get("/admin/guard/watchedword/").status_code in {302, 403, 404}
    assert added(client)[0] in {302, 403, 404}
    assert WatchedWord.objects.count() == 0
