"""Mina mends a slip or takes a telephone number out; the author sees every change."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests import make
from tests.sharing.mine import opened, page_and_code, reply_and_code, text_of
from tips.index.models import StoredPassage
from tips.moderation import flows
from tips.outcomes import answers
from tips.outcomes.models import Outcome
from tips.pages.models import Page
from tips.photos.models import Photo

pytestmark = pytest.mark.django_db
STORY = "Call me on 07700 900123 in the evening. Bending over the table let my back go after ten minutes or so."


def edit(case, action="publish", **over):
    page = getattr(case, "revision", None)
    words = {"title": page.title, "source": page.source} if page else {}
    said = {"action": action, "version": case.version, "note": "", **words, **over}
    return make.signed_in(make.mina()).post(f"/moderation/{case.pk}/edit/", said)


def test_readers_get_the_words_as_changed_and_the_author_is_shown_the_difference():
    page, code = page_and_code(public=False, story=STORY)
    answer = edit(make.case_of(page), source=STORY.replace("evening", "morning"), note="It read better so.")
    assert answer.status_code == 303
    page.refresh_from_db()
    assert "in the morning" in text_of(Client().get(page.get_absolute_url()))
    told = text_of(opened(code).get("/mine/"))
    assert "<del>evening.</del><ins>morning.</ins>" in told
    assert "It read better so." in told


def test_a_reply_can_be_edited_and_its_author_sees_it_too():
    comment, code = reply_and_code(make.page(), "Thank you, Dr Smith of Leeds.", public=False)
    edit(comment.case, source="Thank you, doctor.")
    comment.refresh_from_db()
    assert (comment.source, comment.written) == ("Thank you, doctor.", "Thank you, Dr Smith of Leeds.")
    assert "<del>" in text_of(opened(code).get("/mine/"))


def test_one_press_takes_personal_details_out_and_publishes_nothing():
    case = make.case_of(make.waiting_page(story=STORY))
    page = text_of(make.signed_in(make.mina()).get(f"/moderation/{case.pk}/"))
    assert "<mark>07700 900123</mark>" in page
    answer = edit(case, "redact")
    assert "07700 900123" not in text_of(answer).split("<textarea")[1]
    assert "[taken out]" in text_of(answer)
    case.refresh_from_db()
    assert case.state == "waiting"


def test_the_changes_can_be_looked_at_before():
    case = make.case_of(make.waiting_page(story=STORY))
    assert "<ins>morning.</ins>" in text_of(edit(case, "look", source=STORY.replace("evening", "morning")))
    case.refresh_from_db()
    assert case.state == "waiting"


def test_edits_of_two_moderators_do_not_overwrite_each_other():
    case = make.case_of(make.waiting_page(story=STORY))
    assert edit(case, source=STORY.replace("evening", "morning")).status_code == 303
    answer = edit(case, source=STORY.replace("evening", "afternoon"))
    assert answer.status_code == 409
    assert "afternoon" not in case.revision.page.source


def test_what_is_declined_cannot_be_published_by_editing_it():
    case = make.case_of(make.waiting_page(story=STORY))
    make.signed_in(make.mina()).post(
        f"/moderation/{case.pk}/", {"action": "decline", "reason": "off-topic", "version": 1}
    )
    case.refresh_from_db()
    assert edit(case).status_code == 409


def test_words_that_are_erased_are_erased_here_too():
    comment, code = reply_and_code(make.page(), "Thank you, Dr Smith of Leeds.", public=False)
    edit(comment.case, source="Thank you, doctor.")
    opened(code).post("/mine/", make.filled(opened(code), "/mine/", action="erase", code=code))
    comment.refresh_from_db()
    assert (comment.source, comment.written) == ("", "")


PHONE = "07700 900123"
BESIDES = {
    "caution": f"Ring {PHONE} before you try it",
    "steps": f"Stand up.\nRing {PHONE}.\n\nWalk on.",
    "tried_other": f"massage, {PHONE}",
    "activity": f"lifting, {PHONE}",
    "new_symptom": f"a rash ({PHONE})",
    "why_not": f"too dear, {PHONE}",
    "place": f"Leeds, {PHONE}",
}


def told_everywhere() -> tuple[Page, Photo, str]:
    """A page whose author left a telephone number in everything but the title and the story."""
    page, code = page_and_code(public=False, story=STORY.replace(PHONE, "home"))
    photo = make.photo(page, alt=f"A note: {PHONE}", caption=f"My number is {PHONE}")
    case = make.case_of(page)
    facts: dict[str, Any] = {
        "caution": BESIDES["caution"],
        "steps": BESIDES["steps"].replace("\n\n", "\n").splitlines(),
    }
    facts["updates"] = [{"on": "2026-11-22", "source": f"Still well. {PHONE}"}]
    outcome = {name: BESIDES[name] for name in ("tried_other", "activity", "new_symptom", "why_not")}
    Outcome.objects.create(page=page, pain_before=7, **outcome)
    page.revisions.filter(case=case).update(facts=facts)
    Page.objects.filter(pk=page.pk).update(facts=facts, place=BESIDES["place"])
    page.refresh_from_db()
    return page, photo, code


def typed(text: str) -> dict[str, str]:
    """What a browser would send of the form that it was given."""
    fields = re.findall(r'<input type="text" name="(\w+)" value="([^"]*)"', text)
    fields += re.findall(r'<textarea name="(\w+)"[^>]*>\n([^<]*)</textarea>', text)
    return {name: unescape(words) for name, words in fields}


def test_one_press_takes_them_out_of_everything_that_will_be_shown():
    page, photo, code = told_everywhere()
    mina, case = make.signed_in(make.mina()), make.case_of(page)
    asked = text_of(mina.get(f"/moderation/{case.pk}/"))
    assert asked.count(f"<mark>{PHONE}</mark>") == 8, "as many as are told at once"

    shown = text_of(mina.post(f"/moderation/{case.pk}/edit/", {"action": "redact", "version": case.version}))
    said = typed(shown)
    assert PHONE not in str(said)
    assert {*BESIDES, "update_1", f"alt_{photo.public_id}", f"caption_{photo.public_id}"} <= said.keys()
    assert said["steps"].split() == ["Stand", "up.", "Ring", "[taken", "out].", "Walk", "on."]

    assert edit(case, **said).status_code == 303
    page, photo = Page.objects.get(pk=page.pk), Photo.objects.get(pk=photo.pk)
    assert PHONE not in str([answers.of_page(page), page.facts, page.html, photo.alt, photo.caption])
    assert PHONE not in text_of(Client().get(page.get_absolute_url()))
    assert PHONE not in str([*StoredPassage.objects.values_list("body", flat=True)])
    assert answers.of_page(page)["outcome"]["pain_before"] == 7
    changed = text_of(opened(code).get("/mine/"))
    assert changed.count("<del>07700") >= len(BESIDES)
    assert "Take care: Ring" in changed


def test_undone_it_says_again_what_its_author_sent():
    page, _photo, _code = told_everywhere()
    case = make.case_of(page)
    before = (answers.of_page(page), page.facts)
    decision = flows.edit_and_publish(
        case=case, title=page.title, source=page.source, besides={"place": "Leeds", "caution": "", "steps": "Walk."},
        note="", by=None, version=case.version, now=timezone.now(),
    )  # fmt: skip
    page.refresh_from_db()
    assert (page.place, page.facts.get("caution"), page.facts["steps"]) == ("Leeds", None, ["Walk."])
    flows.undo(decision=decision, by=None, now=timezone.now())
    page = Page.objects.get(pk=page.pk)
    assert (answers.of_page(page), page.facts) == before
    assert make.case_of(page).revision.facts == before[1]


def test_what_does_not_fit_any_more_is_said_at_its_field():
    page, _photo, _code = told_everywhere()
    answer = edit(make.case_of(page), place="x" * 61)
    assert answer.status_code == 422
    assert "bring it down to 60" in text_of(answer)
