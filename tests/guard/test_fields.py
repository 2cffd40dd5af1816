"""What visitors type into the fields that forms share."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from tips.guard.fields import CleanText, Email

STORY = CleanText(most=100, least=5, lines=True)
NAME = CleanText(most=20, required=False)
EMAIL = Email(required=False)


def complaint(field, value):
    with pytest.raises(ValidationError) as refused:
        field.clean(value)
    return " ".join(refused.value.messages)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  My   back \r\n hurts ", "My back hurts"),
        ("A\x00na\x07", "Ana"),
        ("evil\u202egpj.exe", "evilgpj.exe"),
        ("A\u200bn\ufeffa", "Ana"),
        ("e\u0301t\u00e9", "\u00e9t\u00e9"),
        ("\t\n ", ""),
        (None, ""),
        ("Zoë 🌿", "Zoë 🌿"),
    ],
)
def test_a_name_is_one_tidy_line(typed, kept):
    assert NAME.clean(typed) == kept


def test_a_story_keeps_its_paragraphs():
    assert STORY.clean("One.\r\n\r\n\r\n\r\n\r\nTwo.\r\n") == "One.\n\n\nTwo."


@given(st.text(max_size=60))
def test_what_was_cleaned_stays_as_it_is(text):
    field = CleanText(most=1000, lines=True, required=False)
    once = field.clean(text)

    assert field.clean(once) == once
    assert not [char for char in once if char in "\x00\x07\u202e\u200b\r"]


def test_lengths_are_those_of_what_is_kept():
    assert STORY.clean("x" * 100 + " \r\n") == "x" * 100
    assert complaint(STORY, "x" * 101) == "This is 101 characters long. Please bring it down to 100 or fewer."
    assert complaint(STORY, " x  x ") == "Please write a little more: 5 characters or more."


def test_nothing_is_not_too_short_but_missing():
    assert "required" in complaint(STORY, "   ")
    assert CleanText(most=10, least=5, required=False).clean(" ") == ""


def test_a_megabyte_is_refused_by_its_size_before_anything_reads_it(monkeypatch):
    field, read = CleanText(most=100, lines=True), []
    monkeypatch.setattr(field, "tidy", lambda text: read.append(text) or text)

    assert "1,000,000 characters" in complaint(field, "x" * 1_000_000)
    assert read == []


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("vik@example.org", "vik@example.org"),
        ("  Vik@EXAMPLE.org ", "Vik@example.org"),
        ("v.i+k_9@mail.example.org", "v.i+k_9@mail.example.org"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_an_address_is_kept_as_it_is_written_on_letters(typed, kept):
    assert EMAIL.clean(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "vik",
        "vik@",
        "@example.org",
        "vik@example",
        "vik@example.org, ana@example.org",
        "vik@example.org\r\nBcc: ana@example.org",
        "Vik <vik@example.org>",
        "vik@[127.0.0.1]",
        '"vik mann"@example.org',
        "vik@exa mple.org",
        "víkš@example.org",
        "vik@localhost",
        "x" * 65 + "@example.org",
        "vik@" + "x" * 250 + ".org",
    ],
)
def test_what_is_no_plain_address_is_explained(typed):
    assert "name@example.org" in complaint(EMAIL, typed)


def test_an_address_that_a_form_needs_is_asked_for():
    assert "required" in complaint(Email(), "")
