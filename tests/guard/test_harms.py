"""What could hurt somebody is found with the words that show it; honest stories that only sound so are left alone."""

import time
import tomllib
from pathlib import Path

import pytest

from tips.guard.harms import CHILD, CONTACT, SALE, THREAT, TODAY, harms
from tips.guard.points import judge
from tips.text.spots import Written

SAID = tomllib.loads(Path(__file__).with_name("harms.toml").read_text("utf-8"))
ADVERT = "Only £49, 50% off, order on WhatsApp +44 7700 900123 or at https://bit.ly/x"


@pytest.mark.parametrize(("rule", "text"), SAID["found"])
def test_each_harm_is_found_and_the_words_stand_in_the_text(rule, text):
    found = {harm.rule: harm.words for harm in harms(Written(text), sells=False)}

    assert rule in found
    assert found[rule] in text


@pytest.mark.parametrize("text", SAID["not_found"])
def test_an_honest_sentence_is_left_alone(text):
    assert harms(Written(text), sells=False) == []


def test_a_rule_is_told_once_however_often_it_fires():
    text = "Take 800 mg of ibuprofen. Double your dose of tramadol. Swallow ten pills."

    assert [harm.words for harm in harms(Written(text), sells=False)] == ["Take 800 mg"]


def test_children_and_threats_are_looked_at_today_and_the_rest_soon():
    text = "I am 13. I know where you live. Buy tramadol online. Her number is 0113 496 0123."

    assert {harm.rule: harm.level == TODAY for harm in harms(Written(text), sells=False)} == {
        CHILD: True,
        THREAT: True,
        SALE: False,
        CONTACT: False,
    }


def test_a_sellers_own_number_is_no_harm_and_somebodys_address_is_one_all_the_same():
    assert judge(ADVERT).harms == ()
    assert [harm.rule for harm in judge(f"{ADVERT} She lives at 14 Elm Tree Road, Leeds.").harms] == [CONTACT]


def test_medicines_are_harm_however_many_points_the_advert_has():
    judged = judge(f"Buy tramadol online. {ADVERT}")

    assert judged.band == "late"
    assert [harm.rule for harm in judged.harms] == [SALE]


@pytest.mark.parametrize(
    "evil", ["take " * 10_000, "you " * 10_000 + "mg", "i am 1" * 8_000, "girls " * 8_000, "9 " * 9_999]
)
def test_no_text_takes_long_t27(evil):
    """A hang guard, not a clock: 20 times what was measured."""
    before = time.process_time()
    harms(Written(evil), sells=False)

    assert time.process_time() - before < 10
