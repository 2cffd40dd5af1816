"""What counts as a slip of the pen, and what has to be read again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tips.sharing.small_edits import distance, is_small

STORY = " ".join(["I bent forward over the table in small steps and after some minutes it let go."] * 8)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("minutes it let go.", "minutes it let me go."),
        ("small steps", "tiny steps"),
        ("table in", "kitchen table in"),
        ("I bent forward over the table in small steps and after some minutes it let go. ", ""),
    ],
)
def test_a_few_words_are_small(old, new):
    changed = STORY.replace(old, new, 1)
    assert changed != STORY
    assert is_small(STORY, changed) is (len(STORY.split()) - len(changed.split()) < 13)


@pytest.mark.parametrize(
    "added",
    [
        "See https://example.org/cure",
        "Look at www.example.org",
        "Go to backcure.example.org",
        "Write to vik@example.org",
        "Ring 5550199",
        "Take 400 mg",
        "It was not so.",
        "Do it without rest",
        "x" * 301,
        "I am numb between my legs and cannot pee",
        " ".join(f"word{n}" for n in range(13)),
    ],
)
def test_what_says_something_new_is_read_first(added):
    assert not is_small(STORY, f"{STORY} {added}")


def test_what_turns_the_meaning_is_read_first_even_when_it_is_taken_away():
    before = f"{STORY} Do not pull hard. Stay for 20 seconds."
    assert not is_small(before, before.replace("not ", ""))
    assert not is_small(before, before.replace("20 ", "40 "))
    assert is_small(before, before.replace("hard", "roughly"))


def test_every_second_word_is_not_small_although_the_words_are_the_same():
    words = STORY.split()
    assert not is_small(STORY, " ".join(words[::-1]))


def test_a_short_text_may_change_three_words_and_no_more():
    assert is_small("One two blue four red", "One two green four yellow")
    assert not is_small("One two blue four red", "Ten twelve green many yellow")


@given(st.lists(st.sampled_from("abc"), max_size=9), st.lists(st.sampled_from("abc"), max_size=9))
def test_the_distance_is_the_length_of_the_shortest_way(old, new):
    """Against the textbook's table of longest common subsequences."""
    table = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i, left in enumerate(old):
        for j, right in enumerate(new):
            table[i + 1][j + 1] = table[i][j] + 1 if left == right else max(table[i][j + 1], table[i + 1][j])
    shortest = len(old) + len(new) - 2 * table[-1][-1]
    assert distance(old, new, most=18) == shortest
    assert distance(old, new, most=shortest - 1) is None


def test_the_work_is_bounded_by_what_is_allowed():
    class Counted(str):
        compared = 0

        def __eq__(self, other):
            Counted.compared += 1
            return str.__eq__(self, other)

        __hash__ = str.__hash__

    old, new = [Counted("a")] * 4_000, [Counted("b")] * 4_000
    assert distance(old, new, most=80) is None
    assert Counted.compared < 81 * 82
