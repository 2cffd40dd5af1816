"""Words are marked in finished HTML without ever touching a tag."""

import re

from hypothesis import given
from hypothesis import strategies as st

from tips.text.marking import around, mark
from tips.text.render import visitor


def test_words_are_marked_wherever_they_stand():
    assert mark("<p>Numb, and still numb.</p>", ["numb"]) == "<p><mark>Numb</mark>, and still <mark>numb</mark>.</p>"


def test_a_tag_is_no_text():
    assert mark('<p><a href="/p/">p</a></p>', ["p", "href"]) == '<p><a href="/p/"><mark>p</mark></a></p>'


def test_typed_markup_stays_typed():
    assert mark("<p>a &lt;b&gt; c</p>", ["<b>"]) == "<p>a <mark>&lt;b&gt;</mark> c</p>"


@given(st.text(max_size=200), st.lists(st.text(max_size=10), max_size=4))
def test_nothing_but_marks_is_added(text, words):
    html = visitor(text).html
    assert re.sub("</?mark>", "", mark(html, words)) == html


def test_a_line_is_cut_around_the_words():
    text = "It began last week after the garden. " * 4 + "Since then I am numb between the legs. " + "No more. " * 20
    before, words, after = around(text, "numb between the legs")
    assert words == "numb between the legs"
    assert before.startswith("…")
    assert after.endswith("…")
    assert around(text, "not in it") == ("", "not in it", "")
