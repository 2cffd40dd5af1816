"""Very common words on a large site: what is scored is bounded, and the rarer word decides."""

import pytest
from django.db import connection

from tests.index.texts import found, passage
from tips.index.backend import Limits
from tips.index.engine import engine
from tips.index.match import MOST_TERMS, match, plan
from tips.index.passages import store
from tips.index.query import parse
from tips.index.stemming import stem

LIMITS = Limits(small=1_000, most=500, cap=100)


def planned(q: str, total: int, expansions: tuple[str, ...] = (), **df: int):
    counts = {stem(word): 0 for term in (*parse(q).terms, *expansions) for word in term.split()}
    return plan(parse(q), expansions, counts | {stem(word): n for word, n in df.items()} | {"": total}, LIMITS)


def texts(terms) -> list[str]:
    return [term.text for term in terms]


def test_on_a_small_site_every_word_finds():
    made = planned("back sciatica", 999, back=900, sciatica=3)
    assert (texts(made.needed), made.optional) == (["back", "sciatica"], ())


def test_on_a_large_site_a_common_word_only_adds_to_a_rarer_one():
    made = planned("back sciatica", 1_000, back=201, sciatica=200)
    assert (texts(made.needed), texts(made.optional)) == (["sciatica"], ["back"])


def test_a_word_that_stands_nowhere_makes_no_common_word_optional():
    made = planned("back siatica", 10_000, back=9_000)
    assert (texts(made.needed), made.optional) == (["back", "siatica"], ())


def test_only_common_words_are_scored_up_to_the_cap():
    assert planned("back pain", 10_000, back=300, pain=200).cap is None
    assert planned("back pain", 10_000, back=300, pain=201).cap == LIMITS.cap


def test_there_is_no_cap_where_all_there_is_may_be_scored():
    """However many words are asked for, and however common each is."""
    assert planned("back pain", 500, back=500, pain=500).cap is None
    assert planned("back pain", 501, back=500, pain=500).cap == LIMITS.cap


def test_expansions_count_towards_the_cap():
    assert planned("tummy", 10_000, ("muscle",), tummy=1, muscle=501).cap == LIMITS.cap


def test_the_rarest_words_of_a_long_question_are_scored():
    words = [f"w{number}" for number in range(30)]
    made = planned(" ".join(words), 500, **{word: number for number, word in enumerate(words)})
    assert texts(made.needed) == words[1 : MOST_TERMS + 1]


def test_titles_weigh_less_in_long_questions():
    weights = [planned(" ".join(f"w{n}" for n in range(count)), 10).title_weight for count in (1, 6, 9, 12, 30)]
    assert weights == [2.0, 2.0, 1.5, 1.0, 1.0]


def test_rarer_words_tell_more():
    made = planned("back sciatica", 100, back=90, sciatica=2)
    back, sciatica = made.needed
    assert 0 < back.idf < sciatica.idf


@pytest.mark.django_db
def test_optional_words_change_the_order_and_find_nothing_alone(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(type(engine()), "limits", Limits(small=5, most=1_000, cap=1_000))
    for number in range(12):
        store(f"page:{number}", [passage(title="T", body="back and other words")])
    store("page:rare", [passage(title="T", body="sciatica and some other words")])
    store("page:both", [passage(title="T", body="back sciatica and other words")])
    assert found("back sciatica") == ["page:both", "page:rare"]


@pytest.mark.django_db
def test_capped_texts_are_the_newest_but_no_title_is_missed(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(type(engine()), "limits", Limits(small=5, most=2, cap=2))
    store("page:title", [passage(title="Back", body="Other words")])
    for number in range(4):
        store(f"page:{number}", [passage(title="T", body="back and other words")])
    assert set(found("back")) == {"page:title", "page:2", "page:3"}


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL ranks no more rows than the cap in either place")
def test_words_too_common_to_be_scored_are_looked_for_in_texts_only_where_titles_are_too_few(
    monkeypatch: pytest.MonkeyPatch, django_assert_num_queries
):
    monkeypatch.setattr(type(engine()), "limits", Limits(small=5, most=2, cap=9))
    for number in range(3):
        store(f"page:{number}", [passage(title="Back", body="Other words")])
        store(f"text:{number}", [passage(title="T", body="back and other words")])
    with django_assert_num_queries(2) as asked:  # one of them counts the words
        assert len(match(parse("back"), limit=2).hits) == 2
    assert not [query for query in asked.captured_queries if "index_body" in query["sql"]]
    assert len(match(parse("back"), limit=6).hits) == 6


def test_the_limits_of_both_databases_are_in_order():
    limits = engine().limits
    assert limits.cap <= limits.most <= limits.small
