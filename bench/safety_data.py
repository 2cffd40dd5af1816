"""The collections of wording that the warning signs are learnt from and measured by; see docs/SAFETY.md."""

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from tips.safety.rules import flag, flags

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backsite.settings")  # for CONTENT_DIR; nothing else is set up
TESTS = Path(__file__).resolve().parent.parent / "tests" / "safety"
CORPUS = TESTS / "corpus"
Half = Literal["tuning", "held_out", "held_out_2"]

# Flags that may rightly stand beside another: neither right nor wrong while learning.
BESIDE = {
    "cauda-equina": {"leg-weakness-foot-drop"},
    "major-injury": {"fragility-fracture", "cauda-equina", "leg-weakness-foot-drop"},
    "fragility-fracture": {"cancer-and-spine", "major-injury"},
    "spinal-infection": {"weight-loss-night-pain", "kidney"},
    "cancer-and-spine": {"weight-loss-night-pain"},
    "weight-loss-night-pain": {"inflammatory-back-pain", "cancer-and-spine"},
    "cord-myelopathy": {"leg-weakness-foot-drop"},
    "aortic-aneurysm": {"heart-attack", "kidney"},
    "heart-attack": {"aortic-aneurysm"},
    "blood-clot": {"heart-attack"},
    "stroke-or-neck-artery": {"meningitis"},
    "meningitis": {"spinal-infection"},
    "kidney": {"spinal-infection"},
}


@dataclass(frozen=True)
class Post:
    """`marks` are what it should raise (none: harmless), `beside` what it may; `level` as its writer judged it."""

    text: str
    marks: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()
    level: str = ""

    @property
    def slugs(self) -> set[str]:
        return {mark.removesuffix("+E") for mark in self.marks}


def corpus(half: Half) -> list[Post]:
    """Written by people who never saw the rules: odd posts for tuning, even posts held out."""
    real = [_judged(entry) for entry in _read(CORPUS / f"{half}_real.toml")["post"]]
    return real + [Post(entry["text"]) for entry in _read(CORPUS / f"{half}_harmless.toml")["post"]]


def own() -> list[Post]:
    """Our own wording (own.toml, own2.toml), and the lists that the rules were made from."""
    data, more = _read(CORPUS / "own.toml"), _read(CORPUS / "own2.toml")
    fixtures, learnt = _read(TESTS / "fixtures.toml"), _read(TESTS / "learnt.toml")
    real = [*data["real"].items(), *more["real"].items(), *learnt["real"].items()]
    real += [(slug, entry["fires"] + entry["typos"]) for slug, entry in fixtures.items()]
    harmless = [*data["harmless"].values(), *more["harmless"].values(), learnt["harmless"]["phrases"]]
    harmless += [entry["quiet_or_none"] for entry in fixtures.values()]
    posts = [_meant(line, marks.split()) for marks, lines in real for line in lines]
    return posts + [Post(line) for lines in harmless for line in lines]


def voices() -> list[Post]:
    """Posts by writers who never saw the rules, each with the sign they meant; what else stands in them is unknown."""
    data = _read(CORPUS / "voices.toml")
    known = frozenset(each.slug for each in flags())
    real = [
        Post(line, frozenset(slugs.split()), known - set(slugs.split()))
        for slugs, lines in data["real"].items()
        for line in lines
    ]
    return real + [Post(line) for line in data["harmless"]["posts"]]


def written() -> list[Post]:
    """Posts by two more writers who never saw the rules, each judged by its writer."""
    entries = [entry for name in ("voices2", "voices3") for entry in _read(CORPUS / f"{name}.toml")["post"]]
    return [_judged(entry) if entry["slugs"] else Post(entry["text"]) for entry in entries]


def _meant(text: str, marks: list[str]) -> Post:
    beside = {slug for mark in marks for slug in BESIDE.get(mark.removesuffix("+E"), ())}
    return Post(text, frozenset(marks), frozenset(beside))


def _judged(entry: dict[str, Any]) -> Post:
    code = {each.code: each.slug for each in flags()}
    slugs, beside = entry["slugs"], frozenset(code.get(each, each) for each in entry.get("also_ok", ()))
    raised = entry["level"] == "E" and all(flag(slug).level != "E" for slug in slugs)
    marks = frozenset(f"{slug}+E" if raised and flag(slug).raises else slug for slug in slugs)
    return Post(entry["text"], marks, beside, entry["level"])


def _read(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return tomllib.load(file)
