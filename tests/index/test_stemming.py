import pytest

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
