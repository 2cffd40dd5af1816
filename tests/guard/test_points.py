"""Points order and colour, each with its words; they never refuse, and honest stories have next to none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tips.guard.forms import HASTE, HONEYPOT, UNPROVEN
from tips.guard.points import LATE, LOOK, Judgement, Reason, band, is_hard, judge
from tips.guard.taking import NEWCOMERS
from tips.guard.watching import Watched

SIGNALS = [HONEYPOT, HASTE.format(3), UNPROVEN, *NEWCOMERS.values()]
PIECES = [
    "My back let go.", "https://bit.ly/x", "www.shop.example", "£49", "50% off", "+44 7700 900123", "WhatsApp me",
    "BUY CHEAP TRAMADOL ONLINE NOW BUY CHEAP TRAMADOL", "p\u0430ypal", "no prescription needed", "casino",
]  # fmt: skip


def rules(text: str) -> set[str]:
    return {reason.rule for reason in judge(text).reasons}


@given(
    st.lists(st.sampled_from(PIECES) | st.text(max_size=40)),
    st.sets(st.sampled_from(SIGNALS)),
    st.none() | st.integers(1),
)
def test_the_total_is_the_sum_of_its_parts_and_every_part_has_words_t31(pieces, signals, twin):
    judgement = judge(" ".join(pieces), signals, watched=[Watched("casino", "gambling", 20)], twin=twin)

    assert judgement.points == sum(reason.points for reason in judgement.reasons)
    assert all(reason.words and reason.points >= 0 for reason in judgement.reasons)
    assert judgement.in_words == [reason.words for reason in judgement.reasons]
    assert set(signals) <= set(judgement.in_words)
    assert len({reason.words for reason in judgement.reasons}) == len(judgement.reasons)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("https://a.example and https://b.example", "links"),
        ("see www.a.example or b-shop.com", "links"),
        ("https://bit.ly/3xYz", "shortener"),
        ("ring me: 07700 900 123", "telephone"),
        ("text me on whats app", "chat"),
        ("only £49.99 a month", "price"),
        ("now 50 % off", "offer"),
        ("buy tramadol overnight", "drug sale"),
        ("xanax for sale", "drug sale"),
        ("no prescription needed", "drug sale"),
        ("THIS CHANGED MY WHOLE LIFE AND IT WILL CHANGE YOURS AS WELL", "capitals"),
        ("sign in to p\u0430ypal", "mixed"),
    ],
)
def test_each_sign_is_found(text, rule):
    assert rule in rules(text)


@pytest.mark.parametrize(
    "text",
    [
        "After 3 weeks of pain (7 out of 10) I tried the bridge, 2 x 10, and by day 14 it was 2 out of 10.",
        "The NHS page helped me: https://www.nhs.uk/conditions/back-pain/",
        "I take pregabalin and codeine; my GP lowered the dose to 300 mg on 12.05.2024.",
        "MRI in 2019 showed L4/L5 and L5/S1. The doctor said DDD, and that 84% of people of 80 have it.",
        "A hot water bottle for £5 did more than the chair for £400.",
        "Моя спина болит третий месяц. Помогает ходьба.",
        "Meine Frau Zoë, unser Arzt Dr. Łukasz und ich gehen jeden Tag 20 Minuten.",
    ],
)
def test_an_honest_story_stays_plain(text):
    assert judge(text, [UNPROVEN]).band == "plain"


def test_a_flood_that_sells_is_read_after_the_others():
    sold = "Buy cheap tramadol online, whatsapp +44 7700 900123 https://bit.ly/x https://pills.example"

    assert judge(sold, [HONEYPOT, UNPROVEN], twin=7).band == "late"


def test_the_bands_begin_where_they_say():
    assert [band(points) for points in (0, LOOK - 1, LOOK, LATE - 1, LATE)] == [
        "plain",
        "plain",
        "look",
        "look",
        "late",
    ]
    assert Judgement((Reason("a", "one", 30), Reason("b", "two", 20))).band == "late"


def test_a_missing_proof_alone_accuses_nobody():
    assert not is_hard([UNPROVEN])
    assert is_hard([UNPROVEN, HONEYPOT])
    assert judge("Thank you.", [UNPROVEN]).band == "plain"


def test_watched_words_are_told_with_their_label_and_what_was_written():
    found = judge("Best CAS1NO!", watched=[Watched("casino", "gambling", 20)])

    assert [(reason.points, reason.words) for reason in found.reasons] == [(20, "gambling: “CAS1NO”")]
