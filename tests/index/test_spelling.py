from typing import Any

import pytest

from tests.index.texts import passage
from tips.index.passages import remove, store
from tips.index.slips import AS_HEARD, distance, heard_distance, sound
from tips.index.spelling import Correction, Lexicon, correct, corrections, cost, did_you_mean, known

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


def meant(*words: str, **staff: Any) -> dict[str, str]:
    """What is surely meant by the words of a question that the site does not have."""
    found = corrections(words, [word for word in words if not known(word)], Lexicon(**staff))
    return {word: each.meant[0] for word, each in found.items() if each.sure}


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
@pytest.mark.parametrize("word", ["", "x", "l4", "s1", "zzzzzzzz", "qwxzjvkq", "two words", "x" * 500])
def test_nothing_near_gives_nothing(word: str):
    assert correct(word) == ()


@pytest.mark.usefixtures("vocabulary")
def test_curated_misspellings_come_before_everything(django_assert_num_queries):
    with django_assert_num_queries(0):
        found = corrections(["fisio"], ["fisio"], Lexicon(misspellings={"fisio": "physio"}))
    assert found == {"fisio": Correction(("physio",))}


@pytest.mark.usefixtures("vocabulary")
def test_ordinary_english_is_no_slip_of_anything():
    assert meant("hair") == {"hair": "chair"}
    assert meant("hair", plain=frozenset({"hair"})) == {}
    assert meant("hairs", plain_stems=frozenset({"hair"})) == {}
    assert meant("hair", plain_stems=frozenset({"hair"})) == {"hair": "chair"}  # a bare stem may be no word


@pytest.mark.usefixtures("vocabulary")
def test_everyday_words_of_the_staff_are_right_and_can_be_meant():
    lay = frozenset({"lumbago"})
    assert meant("lumbago") == {}
    assert meant("lumbagoo", lay=lay) == {"lumbagoo": "lumbago"}
    assert meant("lumbagoo") == {}


@pytest.mark.usefixtures("vocabulary")
@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("neckpain", {"neckpain": "neck pain"}),
        ("ham strings", {}),
        ("ham string", {"ham string": "hamstring"}),
        ("my sacro iliac joint", {"sacro iliac": "sacroiliac"}),
    ],
)
def test_words_run_together_or_apart_are_put_right(typed: str, right: dict[str, str]):
    assert meant(*typed.split()) == right


@pytest.mark.usefixtures("vocabulary")
def test_what_only_sounds_alike_is_put_right_and_what_is_merely_near_is_offered():
    assert corrections(["fizio"], ["fizio"])["fizio"] == Correction(("physio",))
    assert not corrections(["brkb"], ["brkb"]).get("brkb", Correction((), sure=False)).sure


@pytest.mark.usefixtures("vocabulary")
def test_all_corrections_of_a_question_are_one_statement(django_assert_num_queries):
    words = ["siatica", "hamstrig", "ham", "string"]
    with django_assert_num_queries(1):
        found = corrections(words, words)
    assert {word: each.meant[0] for word, each in found.items()} == {
        "siatica": "sciatica",
        "hamstrig": "hamstring",
        "ham string": "hamstring",
    }


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
    assert cost("siatica", "sciatica", 99) == pytest.approx(AS_HEARD - 0.18 * 2 - 0.35 - 0.1 - 0.5)
    assert cost("bat", "cat", 0) == pytest.approx(1 - 0.1)


@pytest.mark.parametrize(
    ("usual", "odd"),
    [
        (("nekc", "neck"), ("nexy", "neck")),  # two letters swapped, against two wrong ones
        (("muscel", "muscle"), ("muszbe", "muscle")),
        (("spassm", "spasm"), ("spaksm", "spasm")),  # one letter twice, against a strange one
        (("pekvis", "pelvis"), ("pewvis", "pelvis")),  # the key beside it
        (("pelvus", "pelvis"), ("pelvts", "pelvis")),  # a vowel for a vowel
    ],
)
def test_usual_slips_cost_less_than_odd_ones(usual: tuple[str, str], odd: tuple[str, str]):
    assert distance(*usual) < distance(*odd)


@pytest.mark.parametrize(
    ("one", "other"),
    [("siatica", "sciatica"), ("fysio", "physio"), ("coxyx", "coccyx"), ("nee", "knee"), ("rist", "wrist")],
)
def test_words_that_sound_alike_have_one_sound(one: str, other: str):
    assert sound(one) == sound(other)


def test_what_nobody_can_say_sounds_like_no_word():
    assert sound("zzqx") != sound("sex")
    assert sound("nck") != sound("neck"), "and is put right by its letters"


def test_a_word_written_by_ear_is_near_to_what_it_says():
    assert heard_distance("fizio", "physio") < distance("fizio", "physio")
    assert heard_distance("buttox", "buttocks") < distance("buttox", "buttocks")
    assert heard_distance("nee", "knee") < distance("nee", "new")
    assert heard_distance("chair", "hair") == distance("chair", "hair")  # they sound different


def test_a_word_is_put_right_by_the_one_beside_it(vocabulary):
    store("page:blades", [passage(title="", body="blade blood shoulder")])
    store("page:blood", [passage(title="", body="blood")])
    said = Lexicon(pairs=frozenset({("shoulder", "blade")}))
    assert corrections(["shoulder", "blaid"], ["blaid"])["blaid"].meant[0] == "blood"
    assert corrections(["shoulder", "blaid"], ["blaid"], said)["blaid"].meant[0] == "blade"


def test_several_of_a_thing_that_stands_here_alone_are_put_right(vocabulary):
    store("page:planks", [passage(title="", body="plank")])
    assert meant("plancks") == {"plancks": "plank"}


def test_a_run_of_words_that_tell_nothing_is_no_correction(vocabulary):
    store("page:stop", [passage(title="", body="from what the very")])
    assert meant("fromwhat", "thevery") == {}
