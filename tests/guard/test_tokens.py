"""The signed token of an anonymous form: good for one kind of form, for a day, and only as we made it (T39)."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import signing
from hypothesis import given
from hypothesis import strategies as st

from tests.make import NOW
from tips.guard import tokens

TOKEN = tokens.issue("share", now=NOW)


def is_good(token: str, *, form: str = "share", later: timedelta = timedelta(0)) -> bool:
    try:
        tokens.read(token, form=form, now=NOW + later)
    except tokens.BadToken:
        return False
    return True


def test_what_was_issued_is_read_with_its_age():
    read = tokens.read(TOKEN, form="share", now=NOW + timedelta(minutes=7))

    assert (read.form, read.age) == ("share", timedelta(minutes=7))
    assert len(read.nonce) >= 22  # 128 bits in base64


def test_no_two_are_alike():
    nonces = {tokens.read(tokens.issue("share", now=NOW), form="share", now=NOW).nonce for _ in range(200)}

    assert len(nonces) == 200


@given(place=st.integers(0, len(TOKEN) - 1), put=st.characters(codec="utf-8"))
def test_a_changed_character_makes_it_bad(place, put):
    changed = TOKEN[:place] + put + TOKEN[place + 1 :]

    assert is_good(changed) == (changed == TOKEN)


@given(start=st.integers(0, len(TOKEN)), end=st.integers(0, len(TOKEN)))
def test_a_piece_of_it_is_bad(start, end):
    piece = TOKEN[start:end]

    assert is_good(piece) == (piece == TOKEN)


@given(st.text(max_size=300))
def test_whatever_somebody_makes_up_is_bad(text):
    assert not is_good(text)
    assert not is_good(TOKEN + text) or text == ""


@given(later=st.timedeltas(min_value=timedelta(days=-2), max_value=timedelta(days=3)))
def test_it_is_good_for_24_hours(later):
    assert is_good(TOKEN, later=later) == (later <= timedelta(hours=24))


def test_to_the_second():
    assert is_good(TOKEN, later=timedelta(hours=24))
    assert not is_good(TOKEN, later=timedelta(hours=24, seconds=1))


def test_one_from_a_clock_that_is_ahead_counts_as_new():
    assert tokens.read(TOKEN, form="share", now=NOW - timedelta(minutes=1)).age == timedelta(0)


@given(other=st.text(max_size=20).filter(lambda name: name != "share"))
def test_it_is_good_for_no_other_form(other):
    assert not is_good(TOKEN, form=other)


VALUE = ["share", "nonce", int(NOW.timestamp())]
ODD_TIMES: list[Any] = [1e300, None, [], 10**18]
ODD: list[Any] = [None, [], ["share", "nonce"], "abc", {"a": 1, "b": 2, "c": 3}, ["share", "n", "x"], 7]


FOREIGN = [
    signing.dumps(VALUE, salt="accounts.links"),
    signing.dumps(VALUE, salt="tips.guard.form", key="another site's key"),
    signing.dumps(VALUE),
    *(signing.dumps(odd, salt="tips.guard.form") for odd in ODD),
    *(signing.dumps(["share", "n", odd], salt="tips.guard.form") for odd in ODD_TIMES),
]


@pytest.mark.parametrize(
    "token", FOREIGN, ids=map(str, range(len(FOREIGN)))
)  # a token holds the time: no name for a test
def test_what_was_signed_for_something_else_is_bad(token):
    assert not is_good(token)
