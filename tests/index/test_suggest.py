import pytest

from tests.index.texts import build, passage
from tips.index.passages import store
from tips.index.suggest import suggest

pytestmark = pytest.mark.django_db


def texts(prefix: str, limit: int = 8) -> list[str]:
    return [one.text for one in suggest(prefix, limit)]


def test_a_beginning_finds_titles():
    build()
    assert texts("sci") == ["Sciatica"]
    assert texts("BIR") == ["Bird-dog"]


def test_all_words_but_the_last_must_be_whole():
    build()
    assert texts("neck tu") == ["Neck turns"]
    assert texts("nec tur") == []


def test_small_words_on_the_way_do_not_matter():
    build()
    assert texts("the neck tu") == ["Neck turns"]


@pytest.mark.parametrize("typed", ["st", "stretc", "stretch", "stretche", "stretchi", "stretchin", "stretching"])
def test_every_letter_on_the_way_to_a_word_finds_it(typed: str):
    store("page:1", [passage(title="Stretching and stretches")])
    assert texts(typed) == ["Stretching and stretches"]


@pytest.mark.parametrize(
    "word",
    """aching exercises flexibility goodness hipped hopeful lying muscles neck operator osteoporosis prickly relational
    rotation running scoliosis sitting""".split(),
)
def test_words_are_found_from_the_second_letter_on(word: str):
    store("page:1", [passage(title=word)])
    assert [size for size in range(2, len(word) + 1) if not texts(word[:size])] == []


def test_headings_and_texts_are_not_suggested():
    store("page:1", [passage(title="Walking", heading="Heat", body="Heat")])
    assert texts("hea") == []


def test_a_page_comes_once_with_its_own_address():
    store("comment:1", [passage(title="Sciatica", url="/p/#comment-1", group="page:1")])
    store("page:1", [passage(title="Sciatica", url="/p/#part"), passage(title="Sciatica", url="/p/")])
    (one,) = suggest("sciat")
    assert (one.url, one.kind) == ("/p/", "article")


def test_titles_that_begin_so_come_first():
    store("page:1", [passage(title="Why sciatica hurts")])
    store("page:2", [passage(title="Sciatica and sitting for a long time")])
    assert texts("sci") == ["Sciatica and sitting for a long time", "Why sciatica hurts"]


def test_no_more_than_asked_for_and_one_statement(django_assert_num_queries):
    for number in range(12):
        store(f"page:{number}", [passage(title=f"Heat {number}")])
    with django_assert_num_queries(1):
        assert len(suggest("hea")) == 8
    assert len(suggest("hea", limit=3)) == 3


@pytest.mark.parametrize("typed", ["", " ", "s", "-", "?"])
def test_too_little_asks_nothing(typed: str, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert suggest(typed) == ()
