"""A copy of everything that is kept, for people and for programs."""

import json

import pytest
from django.utils import timezone

from tests import make
from tests.sharing.mine import STORY, opened, page_and_code, press, reply_and_code, text_of
from tips.cases.models import Case
from tips.moderation import flows as moderation
from tips.outcomes.models import Outcome

pytestmark = pytest.mark.django_db


def test_the_copy_for_programs_holds_every_word_and_every_decision():
    page, code = page_and_code(byline="Vik", email="vik@example.org", public=False)
    Outcome.objects.create(page=page, tried=["walking"], pain_before=7, change="much-better")
    case = make.case_of(page)
    moderation.decline(case=case, reason="off-topic", note="Not a back.", by=make.mina(), version=1, now=timezone.now())
    file = press(opened(code), "json")
    assert file["Content-Disposition"] == 'attachment; filename="my-page.json"'
    copy = json.loads(file.content)
    assert (copy["title"], copy["words"], copy["name"]) == ("Wheelbarrow morning", STORY, "Vik")
    assert copy["outcome"]["tried"] == ["walking"]
    assert (copy["outcome"]["pain_before"], copy["areas"]) == (7, ["lower-back"])
    assert (copy["state"], copy["decisions"][0]["note"]) == ("declined", "Not a back.")
    assert copy["consent"] == {"wording": "health-2026-11", "on": "2026-11-22"}
    assert copy["addresses_kept_for"][0]["purpose"] == "what became of it"
    for hidden in ("vik@example.org", "mina@example.org", code):
        assert hidden not in text_of(file), "the file may be passed on"


def test_the_copy_for_people_reads_by_itself_and_every_version_is_in_it():
    page, code = page_and_code()
    vik = opened(code)
    press(vik, "save", title=page.title, story=f"{STORY} {'More that is new. ' * 20}")
    file = press(vik, "html")
    text = text_of(file)
    assert file["Content-Type"].startswith("text/html")
    assert "attachment" in file["Content-Disposition"]
    assert "More that is new." in text
    assert "<script" not in text
    assert "http" not in text.replace("http://127.0.0.1", "")
    assert Case.objects.waiting().count() == 1


def test_a_page_that_still_waits_is_in_it_as_it_would_be_shown():
    page, code = page_and_code(public=False)
    assert page.html == "", "it is rendered when it is published"
    assert f'<p id="p-1">{STORY}' in text_of(press(opened(code), "html"))


def test_a_reply_has_one_as_well():
    page = make.page("How I got up again")
    _comment, code = reply_and_code(page, "This helped me.", byline="Ana")
    copy = json.loads(press(opened(code), "json").content)
    assert (copy["kind"], copy["under"], copy["words"], copy["name"]) == (
        "reply", "How I got up again", "This helped me.", "Ana",
    )  # fmt: skip
    assert "This helped me." in text_of(press(opened(code), "html"))
