"""What is looked for only where it may be is found as if it were looked for everywhere, and tried in few places."""

import random
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tips.guard import harms, signs
from tips.text.personal_patterns import PATTERNS
from tips.text.spots import Spot, Written

TESTS = Path(__file__).parents[1]
HARMS = tomllib.loads((TESTS / "guard/harms.toml").read_text("utf-8"))
PERSONAL = tomllib.loads((TESTS / "text/personal.toml").read_text("utf-8"))
LINES = [
    *(text for _, text in HARMS["found"]), *HARMS["not_found"],
    *(text for text, _ in PERSONAL["hints"]), *PERSONAL["none"],
    "Only £49 or 60 usd, 50 % off, discount code B, money-back, order on WhatsApp +44 7700 900123 or t.me: https://bit.ly/x",
    "BUY CHEAP TRAMADOL ONLINE, no prescription needed, www.pills.example and my-shop.com.",
]  # fmt: skip
SPOTS = {
    **{f"{kind} {number}": spot for number, (kind, spot) in enumerate(PATTERNS)},
    **{name: found for room in (signs, harms) for name, found in vars(room).items() if isinstance(found, Spot)},
}
ODD = ["\u0130", "\u0131", "\u017f", "\u212a", "’", "\u00a0", "\n", "\u200b", "_", "1", "٣", "é", ".", "(", "x"]
CALM = "After I pushed a wheelbarrow my back seized. Bending forward over the table let it go. "


def changed(text: str, pick: random.Random) -> str:
    """As nobody writes: letters that some take for others, capitals, other lines in the middle, nothing between."""
    for _ in range(pick.randrange(1, 5)):
        at, odd, line = pick.randrange(len(text) + 1), pick.choice(ODD), pick.choice(LINES)
        text = pick.choice(
            [
                text[:at] + odd + text[at:],
                text.replace(pick.choice("iske "), odd, 2),
                text[:at] + text[at:].swapcase(),
                text[:at] + line[: pick.randrange(len(line))] + text[at:],
                text[:at] + text[at + 1 :],
            ]
        )
    return text


def many() -> Iterator[str]:
    pick = random.Random(5)
    yield from LINES
    for _ in range(600):
        yield changed(pick.choice(LINES), pick)


def spans(found: Iterator[re.Match[str]]) -> list[tuple[int, int]]:
    return [match.span() for match in found]


def test_in_lines_that_nobody_or_somebody_writes_all_patterns_find_what_they_find_everywhere():
    for text in many():
        written = Written(text)
        for name, spot in SPOTS.items():
            assert spans(spot.all(written)) == spans(spot.pattern.finditer(text)), (name, text)


@pytest.mark.parametrize("name", SPOTS)
@settings(suppress_health_check=list(HealthCheck), max_examples=25)
@given(st.data())
def test_whatever_a_pattern_matches_is_found(name, data):
    spot = SPOTS[name]
    text = data.draw(st.text(max_size=3)) + data.draw(st.from_regex(spot.pattern)) + data.draw(st.text(max_size=3))
    assert spans(spot.all(Written(text))) == spans(spot.pattern.finditer(text))


def test_no_sentence_is_passed_over_that_speaks_of_medicines_or_doctors():
    for text in many():
        read = set(harms._worth_reading(Written(text)))
        for sentence in re.findall(r"[^.!?\n]+", text):
            assert sentence in read or not (harms._DOSE.search(sentence) or harms._NO_CARE.search(sentence)), sentence


def test_links_without_their_beginning_are_found_beside_others():
    for text in [*many(), "see a.example.comhttp://b.example", "top of my.back", "shop.online"]:
        links, rest = signs._HOST.pattern.finditer(text), signs._HOST.pattern.sub(" ", text)
        everywhere = [found[1].lower() for found in (*links, *signs._BARE.finditer(rest))]
        assert signs.hosts(Written(text)) == everywhere, text


def test_capital_letters_are_counted_as_python_counts_them():
    for text in [*many(), *map(str.upper, LINES), "ǅ" * 50, "\u0416\u0436\u0416" * 20]:
        loud, quiet = sum(map(str.isupper, text)), sum(map(str.islower, text))
        assert bool(signs._capitals(Written(text))) == (loud + quiet >= 40 and loud > 0.6 * (loud + quiet))


def test_in_a_calm_story_next_to_no_pattern_is_tried():
    written = Written(CALM * 20)
    assert [name for name, spot in SPOTS.items() if spot.may_be_in(written)] == []
    assert list(harms._worth_reading(written)) == []
    named = Written(f"{CALM} My physio, Anna Smith, helped. {CALM}")
    assert {name.partition(" ")[0] for name, spot in SPOTS.items() if spot.may_be_in(named)} == {"person"}


def test_a_pattern_is_tried_where_it_may_begin_and_nowhere_else():
    written = Written(f"{(CALM * 5).strip()} Take ten tablets a day. I saw a doctor. {CALM * 5}Dr Who")
    places = {name: len(written.places(spot.begins)) for name, spot in SPOTS.items() if spot.may_be_in(written)}
    assert places["_MANY"] == 1
    assert max(places.values()) <= 12
    assert list(harms._worth_reading(written)) == [" Take ten tablets a day", " I saw a doctor"]
