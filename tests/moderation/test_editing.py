"""Mina mends a slip or takes a telephone number out; the author sees every change."""

import pytest
from django.test import Client

from tests import make
from tests.sharing.mine import opened, page_and_code, reply_and_code, text_of

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
