"""Long questions: hits that read like the first ones rise; short questions, and what is found, stay as they are."""

import pytest

from tests.index.texts import found, passage
from tips.index.backend import Hit
from tips.index.passages import store
from tips.index.resemble import BEST, cover, reorder

FAR = "weather kettle garden"


def hit(number: int, body: str, score: float) -> Hit:
    return Hit(number, f"page:{number}", f"page:{number}", "article", f"/{number}/", "", "", body, None, score)


def order(hits: list[Hit]) -> list[int]:
    return [each.id for each in reorder(hits)]


def test_what_reads_like_the_first_hits_rises():
    alike = [hit(number, "nerve root disc herniation leg", 10 - number) for number in range(5)]
    assert order([*alike, hit(5, FAR, 4.2), hit(6, "nerve root disc herniation leg", 4.1)]) == [0, 1, 2, 3, 4, 6, 5]


def test_likeness_does_not_carry_a_weak_hit_past_a_strong_one():
    assert order([hit(0, "nerve disc", 10), hit(1, FAR, 9), hit(2, "nerve disc", 1)]) == [0, 1, 2]


def test_hits_after_the_best_keep_their_places_and_scores_never_rise_down_the_list():
    hits = [hit(number, f"word{number} {FAR}", 100 - number) for number in range(BEST + 5)]
    again = reorder(hits)
    assert [each.id for each in again[BEST:]] == [each.id for each in hits[BEST:]]
    scores = [each.score for each in again]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize(
    "hits", [[], [hit(0, "alone", 1)], [hit(0, "", 0.0), hit(1, "", 0.0)], [hit(0, "", 2), hit(1, "", 1)]]
)
def test_few_and_empty_hits_stay(hits: list[Hit]):
    assert order(hits) == [each.id for each in hits]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "first"), [("heat two three four five", "page:1"), ("heat two three four five six", "page:2")]
)
def test_only_long_questions_are_put_in_a_new_order(monkeypatch: pytest.MonkeyPatch, words: str, first: str):
    store("page:1", [passage(title="", body="heat heat two three")])
    store("page:2", [passage(title="", body="heat and other things")])
    monkeypatch.setattr("tips.index.match.reorder", lambda hits: hits[::-1])
    assert found(words)[0] == first


def test_in_a_short_question_what_says_the_same_counts_as_held():
    hits = [hit(0, "strong neck", 5), hit(1, "strong buttocks", 4)]
    worth = {"butt": 2.0, "strong": 1.0}
    assert [each.id for each in cover(hits, worth)] == [0, 1]
    assert [each.id for each in cover(hits, worth, {"butt": (("buttock",),)})] == [1, 0]
