from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.index.texts import build, found, passage
from tips.index.models import SpellingForm, StoredPassage, Word
from tips.index.passages import rebuild, remove, remove_group, store
from tips.index.vocabulary import EVERY, frequencies

pytestmark = pytest.mark.django_db


def counts() -> dict[str, int]:
    return dict(Word.objects.values_list("word", "df"))


def test_storing_again_replaces_all_passages_of_a_source():
    store("page:1", [passage(body="heat"), passage(body="ice")])
    store("page:1", [passage(body="rest")])
    assert found("heat ice") == []
    assert found("rest") == ["page:1"]
    assert StoredPassage.objects.count() == 1


def test_a_rolled_back_approval_leaves_nothing_to_find():
    with transaction.atomic():
        store("page:1", [passage(body="heat")])
        transaction.set_rollback(True)
    assert found("heat") == []
    assert counts() == {}


def test_removing_a_page_and_all_that_was_said_under_it():
    store("page:1", [passage(body="heat", group="page:1")])
    store("comment:1", [passage(body="heat too", group="page:1")])
    store("comment:2", [passage(body="heat elsewhere", group="page:2")])
    remove_group("page:1")
    assert found("heat") == ["comment:2"]


def test_removing_what_is_not_there_changes_nothing():
    build()
    before = counts()
    remove("page:none")
    remove_group("page:none")
    assert counts() == before


def test_words_are_counted_by_passage():
    store("page:1", [passage(title="Heat", body="heat, heat"), passage(title="Ice", body="heat")])
    assert counts() == {EVERY: 2, "heat": 2, "ice": 1}


def test_counts_follow_every_change():
    build()
    before = counts(), SpellingForm.objects.count()
    store("page:1", [passage(body="some quite different words")])
    store("page:1", [passage(body="different again")])
    remove("page:1")
    assert (counts(), SpellingForm.objects.count()) == before


def test_frequencies_are_of_stems_and_never_more_than_there_are_passages():
    store("page:1", [passage(title="x", body="walk walks walking")])
    assert frequencies(["walk", "run"]) == {"walk": 1, "run": 0, EVERY: 1}


def test_storing_the_same_again_writes_nothing():
    one = passage(areas=("neck", "back"), day=date(2025, 1, 1))
    store("page:1", [one])
    with CaptureQueriesContext(connection) as queries:
        store("page:1", [one])
    assert [query["sql"] for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))] == []


def test_overlong_words_are_found_but_not_learned():
    long = "x" * 200
    store("page:1", [passage(body=long)])
    assert found(long) == ["page:1"]
    assert long not in counts()


def test_a_changed_row_is_found_by_its_new_words_only():
    store("page:1", [passage(body="heat")])
    StoredPassage.objects.update(body="ice")
    assert (found("heat"), found("ice")) == ([], ["page:1"])


def test_a_rebuild_holds_exactly_what_it_was_given():
    store("page:gone", [passage(body="old heat")])
    store("page:same", [passage(body="same heat")])
    done: list[int] = []
    given = [("page:same", [passage(body="same heat")]), *((f"page:{n}", [passage(body="heat")]) for n in range(5))]
    assert rebuild(given, batch=2, progress=done.append) == 6
    assert set(found("heat")) == {source for source, _ in given}
    assert done == [2, 4, 6]
    assert counts()[EVERY] == 6


def test_what_is_stored_during_a_rebuild_stays():
    def sources():
        yield "page:1", [passage(body="heat")]
        store("page:approved", [passage(body="heat")])

    rebuild(sources(), batch=1)
    assert set(found("heat")) == {"page:1", "page:approved"}


def test_a_rebuild_of_nothing_empties_the_index():
    build()
    rebuild([])
    assert StoredPassage.objects.count() == Word.objects.count() == SpellingForm.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_rebuild_draws_each_source_inside_the_transaction_that_stores_it():
    inside: list[bool] = []

    def sources():
        for number in range(3):
            inside.append(connection.in_atomic_block)
            yield f"page:{number}", [passage(body="heat")]

    rebuild(sources(), batch=2)
    assert inside == [True, True, True]
    assert len(found("heat")) == 3


@pytest.mark.django_db(transaction=True)
def test_searches_find_the_old_index_until_a_batch_is_there():
    store("page:0", [passage(body="heat")])
    seen: list[list[str]] = []
    rebuild([("page:0", [passage(body="ice")])], progress=lambda _: seen.append(found("ice")))
    assert seen == [["page:0"]]


def test_emptying_the_passages_behind_our_back_empties_the_full_text():
    build()
    StoredPassage.objects.all().delete()
    assert found("back neck sciatica") == []


@pytest.mark.parametrize("number", [1, 30])
def test_the_number_of_statements_does_not_grow_with_the_passages(number: int):
    with CaptureQueriesContext(connection) as queries:
        store("page:1", [passage(body=f"heat number {n}") for n in range(number)])
    selects = [query for query in queries if query["sql"].startswith("SELECT")]
    assert len(selects) <= 3
