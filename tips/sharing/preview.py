"""A page as others will see it, made from a form that is not sent yet. Nothing is stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tips.outcomes import choices
from tips.outcomes.models import Outcome
from tips.outcomes.sentence import outcome_sentence
from tips.outcomes.told import told
from tips.pages.facts import VisitorFacts, read
from tips.pages.flows import unsaved_page
from tips.pages.models import Kind
from tips.pages.rendering import render_page
from tips.practice import care
from tips.safety import slips
from tips.safety.find import find
from tips.sharing import flows
from tips.sharing.album import Album
from tips.sharing.forms import StoryForm
from tips.sharing.seen import Record, seen
from tips.sharing.similar import similar
from tips.text.personal import personal

LONG = 1_500  # letters of a story, from which the way to send stands at the end as well


@dataclass(frozen=True)
class Ask:
    """Something to look at once more, with the field that says it. Never a correction."""

    field: str
    words: str


def preview(form: StoryForm, album: Album, *, now: datetime) -> dict[str, Any]:
    """What the check page prints, for a valid form."""
    said, facts, outcome = form.cleaned_data, form.facts, form.outcome
    words = flows.everything_said(said, facts, outcome, album.photos)
    finding = find(words)
    page = unsaved_page(
        kind=said["kind"],
        title=said["title"],
        source=said["story"],
        byline=said["name"],
        place=said["place"],
        facts=facts,
        flags=finding.marks,
    )
    render_page(page)
    record = Record(
        page=page,
        about=form.pages_about,
        areas=said["areas"],
        outcome=Outcome(**outcome),
        photos=album.photos,
        email=said["email"],
        flags=finding.marks,
        keeps_draft=not said["keep_no_draft"],
    )
    return {
        "form": form,
        "page": page,
        "about": record.about,
        "outcome": outcome_sentence(record.outcome),
        "lines": told(read(VisitorFacts, facts)),
        "photos": album.shown(now=now),
        "left_out": album.left_out,
        "cards": care.cards(finding),
        "slip": slips.write(finding, words),
        "seen": seen(record),
        "asks": asks(outcome),
        "hints": personal(f"{words}\n{said['name']}\n{said['place']}"),
        "similar": similar(said["title"]) if said["kind"] == Kind.QUESTION else [],
        "is_long": bool(album.photos) or len(said["story"]) > LONG,
    }


def asks(outcome: Mapping[str, Any]) -> list[Ask]:
    """Where two answers of an experience look odd beside each other, or one begs a question. Asked, never changed."""
    found = []
    before, after, change = outcome.get("pain_before"), outcome.get("pain_after"), outcome.get("change", "")
    if before is not None and after is not None:
        numbers = (
            f"The pain went from {before} to {after}, and overall it is “{choices.label(choices.CHANGE, change)}”."
        )
        if (after > before + 1 and change in choices.BETTER) or (after < before - 1 and change in choices.WORSE):
            found.append(Ask("change", f"{numbers} Is this right? It may well be: then leave it as it is."))
    if outcome.get("again") == "no" and not outcome.get("side_effects") and not outcome.get("why_not"):
        found.append(
            Ask("why_not", "You would not do it again. Would you like to say why? It may spare others the same.")
        )
    return found
