"""Reports: those of one thing are one row, who is named by others goes first, and who left an address hears."""

import pytest
from django.test import Client
from django.utils import timezone

from tests import make
from tests.receipts.test_letters_about_replies import Box, words_of
from tests.sharing.mine import text_of
from tips.cases.models import Case
from tips.moderation.reporting import reported

pytestmark = pytest.mark.django_db


def report(about: str, **over) -> Case:
    vik = Client()
    said = {"of": about, "reason": "personal", "words": "That is me.", "email": "", **over}
    assert vik.post("/report/", make.filled(vik, "/report/", **said)).status_code == 303
    return Case.objects.latest("pk")


def deal(case, action="answer", **over):
    said = {"action": action, "version": case.version, "reason": "personal-data-other", "note": "", **over}
    return make.signed_in(make.mina()).post(f"/moderation/messages/{case.pk}/", said)


def test_three_reports_of_one_page_are_one_row_with_a_count():
    page = make.page()
    for _ in range(3):
        report(page.get_absolute_url(), reason="unkind")
    text = text_of(make.signed_in(make.mina()).get("/moderation/"))
    assert text.count("Report about") == 1
    assert "from 3 people" in text


def test_dealing_with_it_deals_with_all_of_them():
    page = make.page()
    first = report(page.get_absolute_url())
    report(page.get_absolute_url())
    deal(first)
    assert not Case.objects.waiting().exists()
    assert report(page.get_absolute_url()).joins is None


def test_somebody_named_by_others_goes_first_and_one_press_hides_it():
    page = make.page()
    make.case(priority=2)
    case = report(page.get_absolute_url())
    assert Case.objects.waiting().most_urgent_first().first() == case
    assert "Hide it now" in text_of(make.signed_in(make.mina()).get(f"/moderation/messages/{case.pk}/"))
    assert deal(case, "hide").status_code == 303
    assert Client().get(page.get_absolute_url()).status_code == 410
    assert make.case_of(page).decisions.first().reason == "personal-data-other"
    case.refresh_from_db()
    assert case.state == "answered"


def test_a_later_and_more_urgent_report_lifts_the_first():
    page = make.page()
    first = report(page.get_absolute_url(), reason="other")
    report(page.get_absolute_url(), reason="personal")
    first.refresh_from_db()
    assert first.priority == 3


@pytest.mark.parametrize(("action", "words"), [("hide", "taken it off the site"), ("answer", "leave it as it is")])
def test_everybody_who_left_an_address_hears_the_outcome(action, words):
    page = make.page()
    first = report(page.get_absolute_url(), email="vik@example.org")
    report(page.get_absolute_url(), email="nils@example.org")
    Box().fetch(timezone.now())
    deal(first, action)
    letters = [each for each in Box().fetch(timezone.now()) if "what you reported" in each["Subject"]]
    assert sorted(each["To"] for each in letters) == ["nils@example.org", "vik@example.org"]
    assert all(words in " ".join(words_of(each).split()) for each in letters)


def test_a_report_of_a_reply_finds_the_reply():
    comment = make.comment(make.page(), "An unkind reply.")
    found = reported(comment.get_absolute_url())
    assert found
    assert found.comment == comment
    assert reported("/pages/nothing-here/") is None
    assert reported(make.article().get_absolute_url()) is None


def test_hiding_needs_a_reason():
    case = report(make.page().get_absolute_url())
    assert deal(case, "hide", reason="").status_code == 422


def test_the_owner_answering_one_brings_the_others_forward():
    page = make.page()
    first = report(page.get_absolute_url())
    second = report(page.get_absolute_url())
    make.signed_in(make.olga()).post(f"/desk/messages/{first.pk}/", {"action": "done", "version": first.version})
    assert list(Case.objects.waiting().each_once()) == [second]
