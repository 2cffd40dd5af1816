"""What a visitor said in words of their own besides title and story, piece by piece: to be read, and changed, alone.

`facts` and `answers` are those of a page or of one of its revisions (pages/facts.py, answers.py).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.dateformat import format as formatted

from tips.outcomes.answers import Answers
from tips.outcomes.models import Outcome
from tips.pages.models import Page
from tips.pages.updates import Update, updates, with_updates
from tips.photos.models import Photo

OF_FACTS = {"better": "Better with", "worse": "Worse with", "caution": "Take care"}
OF_OUTCOME = {
    "tried_other": "Something else they tried",
    "activity": "What the pain kept them from",
    "new_symptom": "Something new that came up",
    "why_not": "Why they would not do it again",
}
MOST = 20_000  # letters of what no column of the database limits, as of a story …
FEW = 200  # … and of what has one line in the form


@dataclass(frozen=True)
class Piece:
    """`name` is that of a field in a form, `most` how many letters there is room for."""

    name: str
    label: str
    words: str
    most: int = MOST
    has_lines: bool = False


def pieces(facts: Mapping[str, Any], answers: Answers) -> list[Piece]:
    """Those that say something, in the order in which they are read."""
    found = [*_of_facts(facts), *_of_answers(answers), *_of_photos(answers["photos"])]
    return [each for each in found if each.words]


def in_other_words(
    facts: Mapping[str, Any], answers: Answers, words: Mapping[str, str]
) -> tuple[dict[str, Any], Answers]:
    """Facts and answers with these words in the pieces of these names; a piece without words goes."""
    told = {**facts, **{name: words[name] for name in OF_FACTS if name in words}}
    if "steps" in words:
        told["steps"] = [line.strip() for line in words["steps"].splitlines() if line.strip()]
    later = [Update(each.on, words.get(f"update_{n}", each.source)) for n, each in enumerate(updates(facts), 1)]
    outcome = {**answers["outcome"], **{name: words[name] for name in OF_OUTCOME if name in words}}
    photos = {
        name: [words.get(f"alt_{name}", alt), words.get(f"caption_{name}", caption)]
        for name, (alt, caption) in answers["photos"].items()
    }
    place = words.get("place", answers["place"])
    changed = {**answers, "place": place, "outcome": _answered(outcome), "photos": photos}
    return with_updates(_answered(told), later), changed


def as_text(title: str, source: str, found: Iterable[Piece]) -> str:
    """All that a visitor said, as one text: what differs between two versions is seen in it."""
    return "\n\n".join([title, source, *(f"{each.label}: {each.words}" for each in found)])


def _of_facts(facts: Mapping[str, Any]) -> Iterator[Piece]:
    for number, each in enumerate(updates(facts), 1):
        yield Piece(f"update_{number}", f"Update, {formatted(each.on, 'j F Y')}", each.source, has_lines=True)
    yield Piece("steps", "What to do, one step a line", "\n".join(facts.get("steps", ())), has_lines=True)
    yield from [Piece(name, label, facts.get(name, ""), FEW) for name, label in OF_FACTS.items()]


def _of_answers(answers: Answers) -> Iterator[Piece]:
    for name, label in OF_OUTCOME.items():
        yield Piece(name, label, answers["outcome"].get(name, ""), _room(Outcome, name))
    yield Piece("place", "Where they are", answers["place"], _room(Page, "place"))


def _of_photos(photos: Mapping[str, Iterable[str]]) -> Iterator[Piece]:
    for number, (name, (alt, caption)) in enumerate(photos.items(), 1):
        yield Piece(f"alt_{name}", f"What can be seen on photo {number}", alt, _room(Photo, "alt"))
        yield Piece(f"caption_{name}", f"Words under photo {number}", caption, _room(Photo, "caption"))


def _room(model: type[Model], name: str) -> int:
    return int(getattr(model._meta.get_field(name), "max_length", MOST))


def _answered(said: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in said.items() if value not in ("", [])}
