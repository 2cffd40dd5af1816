import pytest

from tests.index.texts import passage
from tips.index.passages import remove, store
from tips.index.spelling import correct, cost, did_you_mean, known, sound

WORDS = """
    sciatica psoas quadratus lumborum lumbar vertebra vertebrae herniated slipped muscle hamstring stretching stretch
    exercise physio physiotherapist osteoporosis arthritis scoliosis stenosis spondylosis spondylitis sacroiliac coccyx
    trapezius levator intercostal abdominals abdominal oblique pelvis groin numbness tingling paraesthesia posture
    inflammation ankylosing kyphosis lordosis spasm ligament cervical thoracic piriformis spondylolisthesis back neck
    pain leg nerve hip disc walking standing sitting bird table chair heat rest sleep morning doctor
"""
# Slips that people made, with what they meant; two that need three letters changed are left to the curated list.
SLIPS = {
    "siatica": "sciatica", "sciatca": "sciatica", "psoaz": "psoas", "soas": "psoas", "lumbr": "lumbar",
    "vertabra": "vertebra", "hernated": "herniated", "hurniated": "herniated", "slippd": "slipped", "muscel": "muscle",
    "hampstring": "hamstring", "streching": "stretching", "excercise": "exercise", "exersise": "exercise",
    "physiotherepist": "physiotherapist", "osteoparosis": "osteoporosis", "arthuritis": "arthritis",
    "scoleosis": "scoliosis", "spondilosis": "spondylosis", "sacrioliac": "sacroiliac", "coccix": "coccyx",
    "coxyx": "coccyx", "trapezious": "trapezius", "abdominels": "abdominals", "pelvus": "pelvis", "numness": "numbness",
    "parasthesia": "paraesthesia", "inflamation": "inflammation", "kyphosys": "kyphosis", "spazm": "spasm",
    "cervicle": "cervical", "thorasic": "thoracic", "piraformis": "piriformis", "bakc": "back", "nek": "neck",
    "spondilolisthesis": "spondylolisthesis",
}  # fmt: skip


@pytest.fixture
def vocabulary(db: None) -> None:
    store("page:words", [passage(title="", body=WORDS)])


@pytest.mark.usefixtures("vocabulary")
def test_what_people_type_is_put_right():
    assert {slip: correct(slip)[0] for slip in SLIPS} == SLIPS


@pytest.mark.usefixtures("vocabulary")
def test_words_that_the_site_has_are_left_alone():
    assert [word for word in WORDS.split() if correct(word)] == []


@pytest.mark.usefixtures("vocabulary")
@pytest.mark.parametrize("word", ["", "x", "l4", "s1", "zzzzzzzz", "backneckpain", "two words", "x" * 500])
def test_nothing_near_gives_nothing(word: str):
    assert correct(word) == ()


@pytest.mark.usefixtures("vocabulary")
def test_curated_misspellings_come_before_everything(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert correct("Fisio", {"fisio": "physio"}) == ("physio",)


@pytest.mark.usefixtures("vocabulary")
def test_a_correction_is_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        correct("siatica")


@pytest.mark.usefixtures("vocabulary")
def test_a_word_is_known_as_it_is_spelled():
    assert known("Sciatica")
    assert not known("siatica")


@pytest.mark.django_db
def test_a_removed_text_takes_its_words_along():
    store("page:1", [passage(body="gooseberry")])
    assert correct("goseberry") == ("gooseberry",)
    remove("page:1")
    assert correct("goseberry") == ()
    assert not known("gooseberry")


@pytest.mark.django_db
def test_a_word_stays_known_while_any_text_has_it():
    store("page:1", [passage(body="gooseberry")])
    store("page:2", [passage(body="gooseberry")])
    remove("page:1")
    assert correct("goseberry") == ("gooseberry",)


@pytest.mark.django_db
def test_a_slip_on_one_page_only_asks():
    store("page:many", [passage(body=f"sciatica {number}") for number in range(10)])
    store("page:slip", [passage(body="siatica")])
    assert correct("siatica") == ()
    assert did_you_mean("siatica") == ("sciatica",)
    assert did_you_mean("sciatica") == did_you_mean("xyzzy") == ()


def test_a_common_word_the_first_letter_and_the_sound_speak_for_a_word():
    assert cost("siatica", "sciatica", 99) == pytest.approx(1 - 0.18 * 2 - 0.35 - 0.5)
    assert cost("bat", "cat", 0) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("siatica", "sciatica"), ("fysio", "physio"), ("coxyx", "coccyx"), ("nee", "knee"), ("rist", "wrist")],
)
def test_words_that_sound_alike_have_one_sound(one: str, other: str):
    assert sound(one) == sound(other)
