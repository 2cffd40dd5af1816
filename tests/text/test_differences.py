"""What changed between two texts."""

import re

from hypothesis import given
from hypothesis import strategies as st

from tips.text.differences import MOST_WORDS, changed_share, differences

TEXTS = st.text(st.sampled_from('ab<>&" \n'), max_size=40)


def test_what_went_and_what_came_is_marked():
    assert differences("My left knee hurts.", "My right knee hurts.") == (
        "My <del>left</del><ins>right</ins> knee hurts."
    )


def test_words_are_shown_and_never_obeyed():
    assert differences("", "<script>alert(1)</script>") == "<ins>&lt;script&gt;alert(1)&lt;/script&gt;</ins>"


def without(tag: str, html: str) -> str:
    return re.sub(r"</?\w+>", "", re.sub(rf"<{tag}>.*?</{tag}>", "", html.replace("<br>", "\n"), flags=re.DOTALL))


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_from_it(old, new):
    plain = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}
    for tag, text in (("ins", old), ("del", new)):
        said = without(tag, differences(old, new))
        assert re.sub("&lt;|&gt;|&amp;", lambda m: plain[m[0]], said) == text


def test_a_very_long_text_is_shown_whole_instead_of_compared():
    old = "a " * (MOST_WORDS + 1)
    assert differences(old, old + "b").startswith("<del>a ")


def test_the_share_of_words_that_changed():
    assert changed_share("one two three four", "one two three five") == 0.25
    assert changed_share("same words", "same words") == 0
    assert changed_share("", "new") == 1
    assert changed_share("", "") == 0
