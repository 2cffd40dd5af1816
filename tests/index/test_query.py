from hypothesis import given
from hypothesis import strategies as st

from tips.index.query import MOST_CHARACTERS, MOST_WORDS, correct_words, parse


def test_stop_words_are_left_out():
    assert parse("what is the best stretch for my back").words == ("stretch", "back")
    assert parse("best stretch").words == ("best", "stretch")
    assert parse("what is the best way to get").words == ("best", "way", "get")


def test_a_query_of_stop_words_keeps_them():
    assert parse("what is this").words == ("what", "is", "this")


def test_two_letter_names_are_words():
    assert parse("L4 and SI and QL").words == ("l4", "si", "ql")


def test_case_and_accents_do_not_matter():
    assert parse("Ménière SCIATICA").words == ("meniere", "sciatica")


def test_a_word_counts_once():
    assert parse("back Back BACK pain").words == ("back", "pain")


def test_quotes_make_phrases_of_any_style():
    for q in ('knee "lower back"', "knee “lower back”", "knee «lower back»"):
        assert (parse(q).words, parse(q).phrases) == (("knee",), ("lower back",))


def test_a_quote_without_its_pair_is_no_phrase():
    assert parse('knee "lower back') == parse("knee lower back").__class__(
        raw='knee "lower back', text="knee lower back", words=("knee", "lower", "back")
    )


def test_a_minus_before_a_word_or_phrase_excludes_it():
    query = parse('pain -neck -"ice pack"')
    assert (query.words, query.excluded) == (("pain",), ("neck", "ice pack"))
    assert query.text == "pain"


def test_a_minus_between_or_beside_words_excludes_nothing():
    assert parse("pain - neck").excluded == ()
    assert parse("pain-neck").excluded == ()


def test_a_hyphenated_word_also_counts_in_one_piece():
    query = parse("bird-dog")
    assert (query.words, query.compounds) == (("bird", "dog"), ("birddog",))


def test_a_hyphenated_word_with_a_stop_word_in_it_is_looked_for_as_a_phrase():
    query = parse("sit-up")
    assert (query.words, query.compounds) == (("sit",), ("sit up", "situp"))


def test_levels_of_the_spine_are_taken_apart():
    assert parse("L4-L5").words == ("l4", "l5")


def test_operators_of_search_engines_are_only_words():
    assert parse("NEAR(neck, 3) AND title:pain* OR ^x").words == ("near", "neck", "3", "title", "pain", "x")


def test_a_long_query_ends_at_the_end_of_a_word():
    raw = parse("sciatica " * 100).raw
    assert len(raw) <= MOST_CHARACTERS
    assert raw.endswith("sciatica")


def test_a_query_has_no_more_words_than_allowed():
    assert len(parse(" ".join(f"w{number}" for number in range(100))).words) == MOST_WORDS


def test_controls_invisible_marks_and_half_characters_vanish():
    assert parse("sci\x00at\u200bica\ud800\n\tpain").raw == "sciatica pain"


def test_a_corrected_query_keeps_everything_else():
    query = correct_words(
        parse('Siatica "quadratis lumborum" -neck'), {"siatica": "sciatica", "quadratis": "quadratus"}
    )
    assert query == parse('sciatica "quadratus lumborum" -neck')


def test_a_correction_replaces_whole_words_only():
    assert correct_words(parse("soas soaspain"), {"soas": "psoas"}).words == ("psoas", "soaspain")


def test_a_correction_may_be_of_several_words():
    wrong = {"quadratis lumborum": "quadratus lumborum"}
    assert correct_words(parse("Quadratis lumborum pain"), wrong).words == ("quadratus", "lumborum", "pain")


@given(st.text(alphabet=st.characters(), max_size=700))
def test_nothing_is_refused_and_every_term_is_made_of_words(q: str):
    query = parse(q)
    assert len(query.raw) <= MOST_CHARACTERS
    assert all(part.isalnum() for term in (*query.terms, *query.excluded) for part in term.split(" "))
    assert parse(query.raw) == query
