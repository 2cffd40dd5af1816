"""A slip tells of one text, as it is read now, and of nothing else."""

import base64
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.safety.phrases import fixtures
from tips.keys import sealing
from tips.safety import slips
from tips.safety.find import find

SIGNS = "I am numb between my legs and I can’t pee since this morning. My father had that, too."
LINES = [line for _, line in fixtures("fires", "quiet_or_none")]


def slip_of(text: str) -> str:
    return slips.write(find(text), text)


@pytest.mark.parametrize("text", ["", "The café had cake.", SIGNS, "\n".join(LINES)])
def test_it_says_what_was_found_to_the_letter(text: str) -> None:
    assert slips.read(slip_of(text), text) == find(text)


def test_it_says_so_of_every_wording_we_know() -> None:
    assert [line for line in LINES if slips.read(slip_of(line), line) != find(line)] == []


@pytest.mark.parametrize("other", [f"{SIGNS} ", SIGNS.upper(), SIGNS[1:], "", "The café had cake."])
def test_it_says_nothing_of_another_text(other: str) -> None:
    assert slips.read(slip_of(SIGNS), other) is None


def test_of_a_harmless_text_it_does_not_speak_for_one_with_signs() -> None:
    assert slips.read(slip_of("The café had cake."), SIGNS) is None


@pytest.mark.parametrize("slip", ["", "é", "nonsense", "====", "A" * 100, base64.urlsafe_b64encode(b"[]").decode()])
def test_what_we_never_wrote_says_nothing(slip: str) -> None:
    assert slips.read(slip, SIGNS) is None


def test_with_any_letter_changed_it_says_nothing() -> None:
    slip = slip_of("The café had cake.")
    letters = [*range(len(slip.rstrip("=")) - 1)]  # the last one may hold bits that stand for nothing
    changed = [f"{slip[:place]}{'A' if slip[place] != 'A' else 'B'}{slip[place + 1 :]}" for place in letters]
    assert [each for each in changed if slips.read(each, "The café had cake.")] == []


def test_sealed_for_something_else_it_says_nothing() -> None:
    blob = sealing.seal("receipts", b"[]", to=slips._all_of(SIGNS))
    assert slips.read(base64.urlsafe_b64encode(blob).decode(), SIGNS) is None


def test_nobody_can_read_it_and_it_holds_no_words() -> None:
    blob = base64.urlsafe_b64decode(slip_of(SIGNS))
    assert b"cauda" not in blob
    said = sealing.unseal("findings", blob, to=slips._all_of(SIGNS)).decode()
    assert said.startswith('[["cauda-equina", "E", ')
    assert [word for word in SIGNS.split() if f'"{word}"' in said] == []


def test_it_ends_with_the_rules_the_weights_and_the_program(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A slip from before an update of the site is no slip."""
    now = slips._found_by.__wrapped__()
    assert now == slips._found_by.__wrapped__()

    settings.CONTENT_DIR = tmp_path / "content"
    monkeypatch.setattr(slips, "__file__", str(tmp_path / "safety" / "slips.py"))
    seen = {now}
    for name in ("flags.toml", "concepts.toml", "spelling.toml", "safety_weights.json", "../safety/ruling.py"):
        file = settings.CONTENT_DIR / name
        file.parent.resolve().mkdir(exist_ok=True)
        for words in (b"old", b"new"):
            file.write_bytes(words)
            seen.add(slips._found_by.__wrapped__())
    assert len(seen) == 11


def test_a_slip_found_by_others_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    slip = slip_of(SIGNS)
    monkeypatch.setattr(slips, "_found_by", lambda: bytes(32))
    assert slips.read(slip, SIGNS) is None
