"""`manage.py check_safety` answers each line with one JSON."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command

LINES = ["numb down below", "my back is killing me", "", "which mattress?", "stiff every morning “é”"]
ANSWERS = [
    {"text": "numb down below", "level": "E", "flags": ["cauda-equina"]},
    {"text": "my back is killing me", "level": "quiet", "flags": ["self-harm-crisis"]},
    {"text": "", "level": None, "flags": []},
    {"text": "which mattress?", "level": None, "flags": []},
    {"text": "stiff every morning “é”", "level": "G", "flags": ["inflammatory-back-pain"]},
]


def answers(*arguments: str) -> list[dict[str, object]]:
    out = io.StringIO()
    call_command("check_safety", *arguments, stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_a_file_is_answered_line_by_line(tmp_path: Path) -> None:
    file = tmp_path / "lines.txt"
    file.write_text("\n".join(LINES), encoding="utf-8")
    assert answers(str(file)) == ANSWERS


def test_without_a_file_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("\r\n".join(LINES)))
    assert answers() == ANSWERS
