"""How far the rules reach beyond the wording they were made from. The bounds are what was measured."""

from tests.safety.phrases import alarms, harmless, real
from tips.safety.find import find


def noticed(name: str) -> int:
    return sum(slug in alarms(find(line)) for slug, line in real(name))


def false_alarms(name: str) -> int:
    return sum(bool(alarms(find(line))) for line in harmless(name))


def test_wording_learnt_from_stays_learnt() -> None:
    assert len(real("learnt.toml")) == 125
    assert noticed("learnt.toml") == 125


def test_harmless_wording_learnt_from_stays_harmless() -> None:
    assert len(harmless("learnt.toml")) == 128
    assert false_alarms("learnt.toml") == 0


def test_most_of_the_wording_never_seen_is_noticed() -> None:
    assert len(real("held_out.toml")) == 38
    assert noticed("held_out.toml") >= 33


def test_harmless_wording_never_seen_raises_hardly_an_alarm() -> None:
    assert len(harmless("held_out.toml")) == 40
    assert false_alarms("held_out.toml") <= 2
