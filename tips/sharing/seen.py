"""Who will see what of a page that is about to be sent: read off the record as it would be stored, not off prose.

Every field of the public tables has a line here, shown to everyone or named as kept within the house; a test refuses
a field that has neither.
"""

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models

from tips.freshness.slots import generation
from tips.guard import drafts
from tips.guard.models import KEPT_FOR
from tips.outcomes import choices
from tips.outcomes.models import Outcome
from tips.pages.areas import areas
from tips.pages.fresh import OWN
from tips.pages.models import Page
from tips.pages.titles import owners_pages
from tips.photos.models import Photo
from tips.receipts import store

SHOWN: Mapping[str, str] = {
    "page.kind": "What kind of page it is",
    "page.title": "The title",
    "page.source": "Your words",
    "page.byline": "The name",
    "page.place": "Where you are",
    "page.about": "The pages here it is about",
    "page.areas": "Where it hurts",
    "facts.side": "The side",
    "facts.triggers": "What brought it on",
    "facts.helped_by": "What helped",
    "facts.duration": "How long it has lasted",
    "facts.better": "What makes it better",
    "facts.worse": "What makes it worse",
    "facts.pain_now": "Pain now",
    "facts.tried": "What you tried already",
    "facts.steps": "The steps",
    "facts.frequency": "How often",
    "facts.caution": "When to be careful",
    "outcome.tried": "What you tried",
    "outcome.main": "What mattered most",
    "outcome.tried_other": "What else you tried",
    "outcome.duration": "How long it had lasted",
    "outcome.pain_before": "Pain before",
    "outcome.pain_after": "Pain after",
    "outcome.after_how_long": "When that was",
    "outcome.frequency": "How often",
    "outcome.weeks_done": "For how many weeks",
    "outcome.change": "How it went overall",
    "outcome.activity": "What the pain kept you from",
    "outcome.activity_before": "How well that went before",
    "outcome.activity_after": "How well it goes now",
    "outcome.side_effects": "What was unwelcome",
    "outcome.new_symptom": "What was new",
    "outcome.other_things": "What else you did or took",
    "outcome.again": "Whether you would do it again",
    "outcome.why_not": "Why not",
    "photo.alt": "What the photo shows, in words",
    "photo.caption": "The words under the photo",
}

NOT_PRINTED = {"page.areas": " (people find your page by it; it is not written on it)"}


@dataclass(frozen=True)
class Row:
    label: str
    value: str


@dataclass(frozen=True)
class Seen:
    """`everyone`: what is public. `moderator`: what they see besides. `kept`: how long, thing by thing."""

    everyone: list[Row]
    moderator: list[Row]
    kept: list[Row]


@dataclass(frozen=True)
class Record:
    """A page as it would be stored. Nothing here is saved."""

    page: Page
    about: Sequence[Page]
    areas: Sequence[str]
    outcome: Outcome
    photos: Sequence[Photo]
    email: str
    flags: Sequence[str]
    keeps_draft: bool


def seen(record: Record) -> Seen:
    return Seen(_everyone(record), _moderator(record), _kept(record))


def _everyone(record: Record) -> list[Row]:
    rows = [
        Row(SHOWN.get(name, name), f"{_short(value)}{NOT_PRINTED.get(name, '')}")
        for name, value in _stored(record)
        if _said(value)
    ]
    if not record.page.byline:
        rows.append(Row("No name", record.page.name_shown))
    return [*rows, *_pictures(record.photos), Row("The month it appears", "no day, no time")]


def _stored(record: Record) -> Iterable[tuple[str, Any]]:
    """Every public field with its value, in the order of the tables."""
    page = record.page
    yield from ((name, getattr(page, name.partition(".")[2])) for name in SHOWN if name in _plain("page", Page))
    yield "page.areas", list(record.areas)
    yield "page.about", [each.title for each in record.about]
    yield from ((f"facts.{name}", value) for name, value in page.facts.items())
    yield from ((name, getattr(record.outcome, name.partition(".")[2])) for name in _plain("outcome", Outcome))


def _plain(name: str, model: type[models.Model]) -> list[str]:
    """The fields of a table that are shown."""
    return [full for each in model._meta.concrete_fields if (full := f"{name}.{each.name}") in SHOWN]


def _pictures(photos: Sequence[Photo]) -> list[Row]:
    count = len(photos)
    rows = (
        [Row("Your photo" if count == 1 else "Your photos", f"{count}, without place, day or camera")] if count else []
    )
    for photo in photos:
        rows += [
            Row(SHOWN[f"photo.{name}"], _short(said)) for name in ("alt", "caption") if (said := getattr(photo, name))
        ]
    return rows


def _moderator(record: Record) -> list[Row]:
    rows = [Row("The same, and the day it arrived", "")]
    if record.flags:
        rows.append(Row("That it speaks of warning signs", "so it is read first"))
    if record.email:
        rows.append(Row("That you left an e-mail address", "but not which"))
    return rows


def _kept(record: Record) -> list[Row]:
    rows = [Row("Your page", "until you take it down with your private code")]
    if record.photos:
        rows.append(Row("Your photos", "as long as the page; the files you chose are not kept"))
    if record.email:
        days = store.ADDRESS_KEPT_FOR.days
        rows.append(Row("Your address", f"locked away, and deleted {days} days after you were told what became of it"))
    if record.keeps_draft:
        rows.append(Row("The draft", f"until you have seen your receipt, {drafts.KEPT_FOR.days} days at most"))
    hours = int(KEPT_FOR.total_seconds() // 3600)
    return [*rows, Row("Your receipt", f"{hours} hours"), Row("Where you connect from", "not at all")]


def _said(value: Any) -> bool:
    return value not in ("", None, [])


def _short(value: Any) -> str:
    """Enough to know it by, codes as their words; the whole stands above."""
    words = _words(generation(OWN))
    text = ", ".join(words.get(str(each), str(each)) for each in (value if isinstance(value, list) else [value]))
    return text if len(text) <= 60 else f"{text[:60].rpartition(' ')[0] or text[:60]}…"


@functools.lru_cache(maxsize=1)
def _words(_lists: int) -> dict[str, str]:
    """What each code is called."""
    return {**choices.LABELS, **dict(owners_pages()), **{each.slug: each.name for each in areas()}}
