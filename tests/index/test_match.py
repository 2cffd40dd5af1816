from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.index.texts import build, found, passage, sources
from tips.index.match import match, unknown_words
from tips.index.passages import store
from tips.index.query import parse

pytestmark = pytest.mark.django_db


def test_any_word_is_enough_and_more_of_them_come_first():
    build()
    assert found("stiff neck desk")[:2] == ["page:neck", "page:walking"]


def test_forms_of_a_word_find_each_other():
    build()
    assert found("stretching") == ["page:bird-dog"]
    assert "page:walking" in found("walked")


def test_a_word_in_a_title_weighs_more_than_in_the_text():
    store("page:1", [passage(title="Coffee", body="A note on heat and rest and sleep.")])
    store("page:2", [passage(title="Heat", body="A note on coffee and rest and sleep.")])
    store("page:3", [passage(title="Sleep", body="Nothing to do with the others at all.")])
    assert found("heat") == ["page:2", "page:1"]


def test_headings_count_as_titles():
    store("page:1", [passage(title="Home", heading="Heat", body="Warm water.")])
    assert found("heat") == ["page:1"]


def test_accents_make_no_difference():
    store("page:1", [passage(body="Ménière and naïve ideas")])
    assert found("meniere") == found("MÉNIÈRE") == ["page:1"]


def test_small_names_are_found():
    build()
    for q in ("L4", "l5", "L4-L5", "l4/l5"):
        assert found(q) == ["page:l4"]


def test_a_word_with_its_hyphen_or_without_is_found():
    store("page:1", [passage(title="Bird-dog", body="x")])
    store("page:2", [passage(title="Other", body="The birddog is for everyone.")])
    store("page:3", [passage(title="Third", body="Nothing here.")])
    assert set(found("bird-dog")) == {"page:1", "page:2"}


def test_what_stands_between_slashes_and_dots_is_found_as_words():
    store("page:1", [passage(body="See example.org/heat-packs or 2.5 and/or -7, me@icepack.example")])
    for q in ("heat", "packs", "example", "icepack", "7", "5"):
        assert found(q) == ["page:1"], q


def test_a_phrase_must_stand_as_it_is():
    build()
    assert found('"lower back"') == ["page:bird-dog"]
    assert found('"back lower"') == []


def test_words_beside_a_phrase_only_change_the_order():
    build()
    assert found('"lower back" neck') == ["page:bird-dog"]


def test_a_phrase_keeps_its_small_words():
    build()
    assert found('"down the leg"') == ["page:sciatica"]
    assert found('"down a leg"') == []


def test_a_phrase_may_stand_in_the_title():
    build()
    assert found('"neck turns"') == ["page:neck"]


def test_excluded_words_and_phrases_keep_passages_out():
    build()
    assert set(found("stiff")) == {"page:neck", "page:walking"}
    assert found("stiff -neck") == ["page:walking"]
    assert found('stiff -"stiff neck"') == ["page:walking"]


def test_a_query_that_only_excludes_finds_nothing_and_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert match(parse("-neck")).hits == ()


def test_expansions_find_what_the_words_do_not():
    build()
    assert found("hip bone") == []
    assert found("hip bone", expansions=["iliac crest"]) == ["page:l4"]


def test_an_expansion_of_several_words_is_a_phrase():
    build()
    assert found("xyz", expansions=["crest iliac"]) == []


def test_what_was_asked_for_in_so_many_words_comes_before_an_expansion():
    store("page:lay", [passage(title="One", body="About the tailbone here")])
    store("page:technical", [passage(title="Two", body="About the coccyx here")])
    store("page:other", [passage(title="Three", body="About nothing like it")])
    assert found("tailbone", expansions=["coccyx"]) == ["page:lay", "page:technical"]


def test_kinds_and_areas_narrow_what_is_found():
    store("page:1", [passage(kind="tip", body="heat", areas=("neck", "lower-back"))])
    store("page:2", [passage(kind="article", body="heat", areas=("back",))])
    assert found("heat", kinds=frozenset({"tip"})) == ["page:1"]
    assert set(found("heat", kinds=frozenset({"tip", "article"}))) == {"page:1", "page:2"}
    assert found("heat", area="back") == ["page:2"]
    assert found("heat", area="lower-back") == ["page:1"]
    assert found("heat", area="lower_back") == []
    assert found("heat", area="%") == []


def test_the_newest_first_on_request_and_undated_ones_last():
    store("page:old", [passage(body="heat heat heat", day=date(2024, 1, 1))])
    store("page:undated", [passage(body="heat")])
    store("page:new", [passage(body="heat and many other words", day=date(2025, 1, 1))])
    assert found("heat", sort="newest") == ["page:new", "page:old", "page:undated"]


def test_a_hit_carries_all_that_is_needed_to_show_it():
    day = date(2025, 3, 1)
    store(
        "comment:7",
        [passage(kind="comment", url="/p/#c7", title="P", heading="H", body="Heat.", day=day, group="page:1")],
    )
    (hit,) = match(parse("heat")).hits
    assert (hit.group, hit.source, hit.kind, hit.url) == ("page:1", "comment:7", "comment", "/p/#c7")
    assert (hit.title, hit.heading, hit.body, hit.day) == ("P", "H", "Heat.", day)
    assert hit.score > 0


def test_the_best_score_comes_first():
    build()
    scores = [hit.score for hit in match(parse("stiff neck back walk")).hits]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) > 2


@pytest.mark.parametrize("limit", [2, 450])
def test_more_hits_than_asked_for_are_said_to_be_there(limit: int):
    for number in range(limit):
        store(f"page:{number}", [passage(title="T", body="heat")])
    whole = match(parse("heat"), limit=limit)
    assert (len(whole.hits), whole.capped) == (limit, False)
    store("page:more", [passage(title="T", body="heat")])
    cut = match(parse("heat"), limit=limit)
    assert (len(cut.hits), cut.capped) == (limit, True)


def test_unknown_words_are_named_also_in_phrases(django_assert_num_queries):
    build()
    query = parse('siatica walks "iliac krest" -xyz')
    assert match(query).unknown == ("siatica", "krest")
    with django_assert_num_queries(1):
        assert unknown_words(query) == ("siatica", "krest")


def test_an_empty_index_answers():
    assert match(parse("heat")).hits == ()
    assert match(parse("heat")).unknown == ("heat",)


@pytest.mark.parametrize("q", ["heat", 'stiff back "a stiff back" -neck leg pain', "a " * 50, "walk " + "w " * 100])
def test_a_search_is_two_statements(q: str):
    build()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        match(parse(q), expansions=["iliac crest"], kinds=frozenset({"article"}), area="neck")
    assert len(queries) == 2


def test_both_ways_to_sort_find_the_same():
    build()
    best, newest = (match(parse("back leg neck"), sort=sort) for sort in ("best", "newest"))
    assert sorted(sources(best)) == sorted(sources(newest))


def test_a_word_that_the_databases_take_for_another_finds_its_own_pages_alone():
    store("page:lunge", [passage(title="Forward lunge", body="Step forward and bend the knee.")])
    store("page:lung", [passage(title="Lungs", body="A clot in a lung hurts below the knee first.")])
    for q in ("lunge", "lunges", "lunging", "lunge knee"):
        assert found(q) == ["page:lunge"], q
    assert found("lung") == found("lungs") == ["page:lung"]
    assert set(found("lunge lung")) == {"page:lunge", "page:lung"}
