import pytest

from tips.glossary import words
from tips.index.marking import mark
from tips.index.query import parse
from tips.index.stemming import stem

# The examples of Porter's paper, step by step, and words of this site.
PAPER = {
    "caresses": "caress", "ponies": "poni", "caress": "caress", "cats": "cat", "feed": "feed", "agreed": "agre",
    "plastered": "plaster", "bled": "bled", "motoring": "motor", "sing": "sing", "conflated": "conflat",
    "troubled": "troubl", "sized": "size", "hopping": "hop", "falling": "fall", "hissing": "hiss", "failing": "fail",
    "filing": "file", "happy": "happi", "sky": "sky", "relational": "relat", "conditional": "condit",
    "rational": "ration", "digitizer": "digit", "operator": "oper", "triplicate": "triplic", "formative": "form",
    "hopeful": "hope", "goodness": "good", "revival": "reviv", "inference": "infer", "adjustable": "adjust",
    "adoption": "adopt", "probate": "probat", "rate": "rate", "cease": "ceas", "controlling": "control", "roll": "roll",
}  # fmt: skip
TOGETHER = [
    ("stretch", "stretches", "stretched", "stretching"),
    ("exercise", "exercises", "exercising"),
    ("herniated", "herniation"),
    ("muscle", "muscles"),
    ("lunge", "lunges", "lunged", "lunging"),
    ("lung", "lungs"),
]


@pytest.mark.parametrize(("word", "expected"), PAPER.items())
def test_words_of_the_paper(word: str, expected: str):
    assert stem(word) == expected


@pytest.mark.parametrize("forms", TOGETHER)
def test_forms_of_a_word_share_a_stem(forms: tuple[str, ...]):
    assert len({stem(form) for form in forms}) == 1


@pytest.mark.parametrize("word", ["l4", "si", "5", "naïve", ""])
def test_short_foreign_and_numbered_words_stay(word: str):
    assert stem(word) == word


def test_a_lunge_is_no_lung():
    assert stem("lunge") != stem("lung")


def test_only_what_is_asked_for_is_kept_here_and_not_every_word_of_texts_and_lists():
    """Marks keep the stems of texts themselves; of 7,000 plain words none is asked for again one by one."""
    words._plain_stems.cache_clear()
    stem.cache_clear()
    assert len(words._plain_stems()) > 5_000
    text = (
        "Many unusual sentences about aching shoulders tell of pillows, ladders, swimming, gardens and heavy shopping"
    )
    assert "<mark>" in mark(text, parse("shoulder"))
    assert stem.cache_info().currsize < 10
