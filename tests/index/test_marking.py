from hypothesis import given
from hypothesis import strategies as st

from tips.index.marking import mark, occurrences
from tips.index.query import parse

FILLER = " ".join(f"filler{number}" for number in range(40))


def marked(text: str, q: str, *expansions: str, words: int = 24) -> str:
    return mark(text, parse(q), expansions, words=words)


def test_words_are_marked_in_all_their_forms():
    assert marked("Stretch, then stretches.", "stretching") == "<mark>Stretch</mark>, then <mark>stretches</mark>."


def test_text_is_escaped_and_only_the_marks_are_not():
    assert marked('<b>heat</b> & "rest"', "heat") == "&lt;b&gt;<mark>heat</mark>&lt;/b&gt; &amp; &quot;rest&quot;"


def test_a_phrase_and_an_expansion_are_marked_in_one_piece():
    assert marked("The lower back.", '"lower back"') == "The <mark>lower back</mark>."
    assert marked("The iliac crests.", "hip bone", "iliac crest") == "The <mark>iliac crests</mark>."


def test_half_a_phrase_is_not_marked():
    assert "<mark>" not in marked("Lower the leg. Back up.", '"lower back"')


def test_stop_words_and_excluded_words_are_not_marked():
    assert marked("The heat of the neck", "the heat -neck") == "The <mark>heat</mark> of the neck"


def test_accents_and_case_do_not_matter():
    assert marked("MÉNIÈRE", "meniere") == "<mark>MÉNIÈRE</mark>"
    assert marked("Me\u0301nie\u0300re", "ménière") == "<mark>Ménière</mark>"


def test_the_snippet_is_cut_round_the_words():
    html = marked(f"{FILLER} heat {FILLER}", "heat", words=9)
    assert html == "…filler36 filler37 filler38 filler39 <mark>heat</mark> filler0 filler1 filler2 filler3…"


def test_the_place_with_most_of_the_words_is_shown():
    text = f"heat {FILLER} heat heat {FILLER} heat and rest {FILLER}"
    assert "<mark>heat</mark> and <mark>rest</mark>" in marked(text, "heat rest")


def test_without_any_of_the_words_the_beginning_is_shown():
    assert marked(FILLER, "heat", words=3) == "filler0 filler1 filler2…"


def test_near_the_end_the_snippet_keeps_its_length():
    assert marked(f"{FILLER} heat.", "heat", words=3) == "…filler38 filler39 <mark>heat</mark>."


def test_a_phrase_longer_than_the_snippet_is_shown_whole():
    assert marked(f"{FILLER} one two three four {FILLER}", '"one two three four"', words=2) == (
        "…<mark>one two three four</mark>…"
    )


def test_empty_texts_and_queries():
    assert marked("", "heat") == ""
    assert marked("…!", "heat") == "…!"
    assert marked("heat", "") == "heat"
    assert occurrences("", parse("heat")) == ()


def test_every_place_has_its_line():
    text = f"heat {FILLER} the heat {FILLER} rest"
    lines = occurrences(text, parse("heat rest"), words=6)
    assert [line.count("<mark>") for line in lines] == [1, 1, 1]
    assert lines[0].startswith("<mark>heat</mark> filler0")


def test_near_places_share_a_line():
    assert occurrences("heat, rest and heat", parse("heat rest")) == (
        "<mark>heat</mark>, <mark>rest</mark> and <mark>heat</mark>",
    )


def test_no_place_no_line():
    assert occurrences(FILLER, parse("heat")) == ()


@given(st.lists(st.sampled_from(["heat", "rest", "x", "y.", "<i>"]), max_size=60), st.integers(1, 12))
def test_every_occurrence_is_in_exactly_one_line(words: list[str], size: int):
    lines = occurrences(" ".join(words), parse("heat rest"), words=size)
    assert sum(line.count("<mark>") for line in lines) == sum(word in ("heat", "rest") for word in words)


@given(st.text(), st.text(max_size=30), st.integers(1, 30))
def test_no_markup_but_marks_comes_out(text: str, q: str, size: int):
    for html in (mark(text, parse(q), (), words=size), *occurrences(text, parse(q), (), words=size)):
        bare = html.replace("<mark>", "").replace("</mark>", "")
        assert "<" not in bare
        assert ">" not in bare
        assert html.count("<mark>") == html.count("</mark>")
