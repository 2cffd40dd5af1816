"""What an author added to a page later: each a section of its own at its end, with the day.

They live in `Page.facts` and `Revision.facts` as `updates`: [{"on": "2026-11-22", "source": "…"}, …], oldest first.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.dateformat import format as formatted

from tips.text import render


@dataclass(frozen=True)
class Update:
    on: date
    source: str


def updates(facts: Mapping[str, Any]) -> list[Update]:
    return [Update(date.fromisoformat(each["on"]), each["source"]) for each in facts.get("updates", [])]


def with_updates(facts: Mapping[str, Any], updates: Iterable[Update]) -> dict[str, Any]:
    """The facts with these updates instead of those they had; an update without words is left out."""
    stored = [{"on": each.on.isoformat(), "source": each.source} for each in updates if each.source]
    rest = {name: value for name, value in facts.items() if name != "updates"}
    return {**rest, "updates": stored} if stored else rest


def words(source: str, facts: Mapping[str, Any]) -> str:
    """All that an author wrote, as one text: for comparing, and for the warning signs."""
    return "\n\n".join([source, *(each.source for each in updates(facts))])


def page_html(source: str, facts: Mapping[str, Any]) -> str:
    """A visitor's words and, below them, the updates."""
    sections = (_section(number, each) for number, each in enumerate(updates(facts), 1))
    return "\n".join([render.visitor(source).html, *sections])


def _section(number: int, update: Update) -> str:
    name = f"update-{number}"
    heading = f'<h2 id="{name}">Update, {formatted(update.on, "j F Y")}</h2>'
    return f"{heading}\n{render.visitor(update.source, prefix=f'{name}-').html}"
