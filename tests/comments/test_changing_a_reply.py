"""A reply can be changed for 24 hours by its private code; then its author asks, or takes it down."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests import make
from tests.sharing.mine import opened, press, receipt_of, reply_and_code, text_of
from tips.comments.models import Comment
from tips.index.match import match
from tips.index.query import parse
from tips.moderation import flows as moderation
from tips.sharing import mine_edits
from tips.sharing.mine_edits import NotNow, Result

pytestmark = pytest.mark.django_db
WORDS = "This helped me as well, and I do it every morning before I get up and every evening."


def seen(comment: Comment) -> str:
    return text_of(Client().get(comment.page.get_absolute_url()))


def test_a_slip_is_mended_at_once_and_the_time_left_is_said():
    comment, code = reply_and_code(make.page(), WORDS)
    vik = opened(code)
    assert "You can change it for another 23 hours." in text_of(vik.get("/mine/"))
    assert "on the site" in text_of(press(vik, "save", text=WORDS.replace("evening", "quibblefish")))
    assert "quibblefish" in seen(comment)
    assert len(match(parse("quibblefish")).hits) == 1


def test_after_24_hours_it_can_only_be_taken_down_or_asked_about():
    comment, code = reply_and_code(make.page(), WORDS)
    receipt, now = receipt_of(code), timezone.now()
    assert mine_edits.edit_reply(receipt=receipt, text=f"{WORDS} Yes.", now=now + timedelta(hours=23)) == Result.LIVE
    with pytest.raises(NotNow):
        mine_edits.edit_reply(receipt=receipt, text=f"{WORDS} No.", now=now + timedelta(hours=24, minutes=1))
    assert not mine_edits.reply_is_editable(comment, now + timedelta(hours=25))


def test_much_that_is_new_is_read_again_and_not_shown_meanwhile():
    comment, code = reply_and_code(make.page(), WORDS)
    answer = press(opened(code), "save", text="Buy it at https://example.org, it is quibblefish.")
    assert "waits to be read" in text_of(answer)
    assert "This helped me" not in seen(comment)
    assert "quibblefish" not in seen(comment)
    assert not match(parse("quibblefish")).hits
    comment.refresh_from_db()
    make.decide(comment.case)
    assert "quibblefish" in seen(comment)


def test_small_steps_are_measured_from_what_was_read():
    comment, code = reply_and_code(make.page(), WORDS)
    receipt, now, text, results = receipt_of(code), timezone.now(), WORDS, []
    for number, word in enumerate(("helped", "well,", "morning", "before", "every")):
        text = text.replace(word, f"fin{'e' * (number + 1)}", 1)
        results.append(mine_edits.edit_reply(receipt=receipt, text=text, now=now))
    assert results[0] == Result.LIVE
    assert Result.WAITS in results
    comment.refresh_from_db()
    assert comment.case.state == "waiting"


def test_while_it_waits_it_can_be_changed_at_any_time():
    comment, code = reply_and_code(make.page(), WORDS, public=False)
    later = timezone.now() + timedelta(days=3)
    assert mine_edits.edit_reply(receipt=receipt_of(code), text="Other words.", now=later) == Result.WAITS
    comment.refresh_from_db()
    assert comment.source == "Other words."


def test_asked_for_changes_it_goes_on_in_the_same_case():
    comment, code = reply_and_code(make.page(), WORDS, public=False)
    case = comment.case
    moderation.ask_for_changes(case=case, reason="", note="Which one?", by=None, version=1, now=timezone.now())
    vik = opened(code)
    assert "Which one?" in text_of(vik.get("/mine/"))
    press(vik, "save", text=f"{WORDS} The table one.")
    case.refresh_from_db()
    assert case.state == "waiting"
    assert "Which one?" not in text_of(vik.get("/mine/"))
