import pytest
from hypothesis import given
from hypothesis import strategies as st

from tips.text.clean import many_lines, one_line

ANY_TEXT = st.text(alphabet=st.one_of(st.characters(), st.sampled_from("\r\n\t \x00\u200b\u202e\u2028\u0301\uffffe")))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Vik \t from\r\nLeeds ", "Vik from Leeds"),
        ("cafe\u0301", "café"),
        ("e\u200b\u0301", "é"),
        ("a\x00b\x07c\x9fd", "abcd"),
        ("\u202eevil\u2066\u2069", "evil"),
        ("\ufeffback\u2060ache", "backache"),
        ("half\ud800way", "halfway"),
        ("no\ufffe cha\uffffrac\ufdd0ter", "no character"),
        ("\u0645\u06cc\u200c\u062e\u0648", "\u0645\u06cc\u200c\u062e\u0648"),
        ("👩\u200d⚕", "👩\u200d⚕"),
        ("one\u2028two", "one two"),
        ("\x00 \t\n", ""),
    ],
)
def test_one_line_keeps_the_words_and_drops_what_cannot_be_seen(typed, kept):
    assert one_line(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("\n\n a\tb \n\n", "a\tb"),
        ("a\n\n\nb", "a\n\n\nb"),
        ("a\n\n\n\n \t\n\nb", "a\n\n\nb"),
        ("- a\n    - b", "- a\n    - b"),
        ("a\x0bb\x00", "ab"),
    ],
)
def test_many_lines_keeps_lines_and_indents_but_no_wide_gaps(typed, kept):
    assert many_lines(typed) == kept


@given(ANY_TEXT)
def test_cleaning_twice_changes_nothing_more_t19(typed):
    assert one_line(one_line(typed)) == one_line(typed)
    assert many_lines(many_lines(typed)) == many_lines(typed)


@given(ANY_TEXT)
def test_what_is_kept_can_be_stored_anywhere_t21(typed):
    kept = many_lines(typed)
    kept.encode("utf-8")
    assert not set(kept) & set("\x00\r\x1b\x85\u200b\u2060\ufeff\u202e\u2066\ufffe\uffff")
    assert "\n" not in one_line(typed)
