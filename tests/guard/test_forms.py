"""What every anonymous form does for its visitor, and tells its reader."""

from datetime import timedelta

import pytest

from tests.make import NOW
from tips.guard import proof, tokens
from tips.guard.fields import CleanText
from tips.guard.forms import STALE, GuardedForm


class Note(GuardedForm):
    form_name = "note"
    message = CleanText(most=100)


def sent(*, age=timedelta(minutes=2), **over):
    token = tokens.issue("note", now=NOW - age)
    said = {"message": "When are you there?", "website": "", "form_token": token, "proof": proof.find(token)}
    return Note({**said, **over}, now=NOW)


def test_a_fresh_form_carries_a_token_of_its_own():
    one, other = Note(now=NOW), Note(now=NOW)

    assert one["form_token"].value() != other["form_token"].value()
    assert tokens.read(one["form_token"].value(), form="note", now=NOW)


def test_a_form_filled_in_by_a_person_tells_nothing(settings):
    settings.FORM_MIN_SECONDS = 3
    form = sent()

    assert form.is_valid()
    assert form.signals == []


def test_the_hidden_field_and_haste_are_told_but_refuse_nobody(settings):
    settings.FORM_MIN_SECONDS = 3
    form = sent(age=timedelta(seconds=2), website="https://spam.example")

    assert form.is_valid()
    assert form.signals == ["the hidden field was filled in", "sent within 3 seconds"]


def test_three_seconds_are_no_haste(settings):
    settings.FORM_MIN_SECONDS = 3

    assert sent(age=timedelta(seconds=3)).is_valid()
    form = sent(age=timedelta(seconds=3))
    form.is_valid()
    assert form.signals == []


@pytest.mark.parametrize(
    "over",
    [
        {"age": timedelta(hours=25)},
        {"form_token": ""},
        {"form_token": "made up"},
        {"form_token": tokens.issue("share", now=NOW)},
    ],
)
def test_a_stale_or_foreign_token_keeps_the_words_and_gives_a_fresh_one(over):
    form = sent(**over)

    assert not form.is_valid()
    assert form.non_field_errors() == [STALE]
    assert form["message"].value() == "When are you there?"
    again = form["form_token"].value()
    assert tokens.read(again, form="note", now=NOW)
    assert Note({"message": form["message"].value(), "form_token": again}, now=NOW).is_valid()


def test_a_form_that_is_not_valid_has_no_key():
    form = sent(form_token="made up")
    form.is_valid()

    with pytest.raises(ValueError, match="nonce"):
        assert form.nonce
