import pytest

from tips.index.query import parse
from tips.index.synonyms import Group, answers, expand

GROUPS = (
    Group(lay=("slipped disc", "bulging disc"), means=("disc herniation",)),
    Group(lay=("tailbone", "tail bone"), means=("coccyx",), both=True),
    Group(lay=("hip bone",), means=("iliac crest",)),
    Group(lay=("hip",), means=("hip joint",)),
    Group(lay=("neck", "back of neck"), means=("cervical spine",)),
    Group(lay=("out of ten",), means=("numeric rating scale",)),
    Group(lay=("pointer",), means=("bird-dog",)),
)


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("slipped disc", ("disc herniation",)),
        ("Slipped Discs exercises", ("disc herniation",)),
        ("disc herniation", ()),
        ("coccyx", ("tailbone", "tail bone")),
        ("tail bone", ("coccyx",)),
        ("back of the neck", ("cervical spine",)),
        ("how bad out of ten", ("numeric rating scale",)),
        ("pointer", ("bird dog",)),
        ('"tail bone" ache', ("coccyx",)),
        ("something else", ()),
        ("", ()),
    ],
)
def test_everyday_words_lead_to_those_of_the_pages(q: str, expected: tuple[str, ...]):
    assert expand(parse(q), GROUPS) == expected


def test_the_longest_wording_wins():
    assert expand(parse("hip bone"), GROUPS) == ("iliac crest",)
    assert expand(parse("bone under hip"), GROUPS) == ("hip joint",)


def test_small_words_between_and_the_order_of_two_change_nothing():
    assert expand(parse("hip's bone, the slipping of my left disc"), GROUPS) == ("hip joint", "disc herniation")
    assert expand(parse("my disc is slipped"), GROUPS) == ("disc herniation",)
    assert expand(parse("slipped in a disc"), GROUPS) == ()


def test_words_that_are_small_or_stand_for_a_direction_keep_their_order():
    groups = (Group(lay=("back went",), means=("acute pain",)),)
    assert expand(parse("my back went"), groups) == ("acute pain",)
    assert expand(parse("I went back to work"), groups) == ()


def test_a_page_answers_as_much_of_a_question_as_its_wording_tells():
    groups = (
        Group(lay=("sore back",), means=("x",), pages=("everyday",)),
        Group(lay=("mopping",), means=("y",), pages=("household",)),
    )
    worth = {"sore": 0.5, "back": 0.5, "mop": 4.0}
    assert answers(parse("sore back mopping"), groups, worth) == {"everyday": 0.2, "household": 0.8}
    assert answers(parse("sore back"), groups, {"sore": 0.5, "back": 0.5}) == {"everyday": 1.0}
    assert answers(parse("sore back"), groups, {}) == {"everyday": 0.0}


def test_excluded_words_lead_nowhere():
    assert expand(parse("pain -tailbone"), GROUPS) == ()


def test_what_was_asked_for_already_is_not_added():
    assert expand(parse("tailbone coccyx"), GROUPS) == ("tail bone",)


def test_several_groups_add_up_without_doubles():
    assert expand(parse("tailbone slipped disc bulging disc"), GROUPS) == ("coccyx", "disc herniation")


def test_empty_groups_do_no_harm():
    assert expand(parse("neck"), [Group((), ("x",)), Group(("",), ("y",)), Group(("neck",), ())]) == ()
    assert expand(parse("neck"), []) == ()
