"""What the search may find of a page: passages, each with the address of its place on the page."""

from collections.abc import Iterator

from tips.index.passages import Passage
from tips.pages.facts import ExerciseFacts, read
from tips.pages.models import Kind, Page
from tips.text.passages import Passage as Part
from tips.text.passages import by_paragraph, split


def passages(page: Page) -> list[Passage]:
    found = list(_of_text(page))
    if page.kind in (Kind.EXERCISE, Kind.CHECK):
        found += _of_exercise(page)
    return found


def _of_text(page: Page) -> Iterator[Passage]:
    if page.is_by_visitor:
        parts = [Part("", "", page.title), *by_paragraph(page.html)]
    else:
        parts = [Part("", "", page.summary), *split(page.html, title=page.title)]
    for part in parts:
        if part.text or not part.anchor:  # the page itself is found by its title
            yield _passage(page, part.anchor, part.heading, part.text)


def _of_exercise(page: Page) -> Iterator[Passage]:
    facts = read(ExerciseFacts, page.facts)
    for number, step in enumerate(facts.steps, 1):
        yield _passage(page, f"step-{number}", f"Step {number}", step)
    for anchor, heading, text in (
        ("before-you-start", "Before you start", " ".join(facts.not_for)),
        ("stop-if", "Stop if", " ".join(facts.stop_if)),
        ("feel", "What to feel", f"{facts.feel} {_set_up(facts)}"),
        ("evidence", "How sure we are", facts.evidence),
    ):
        if text.strip():
            yield _passage(page, anchor, heading, text.strip())


def _set_up(facts: ExerciseFacts) -> str:
    """In sentences, since a result may show them. "For" is a stop word; "Muscles" would find every exercise."""
    told = (("For", ", ".join(facts.muscles)), ("Position", facts.position), ("You need", facts.equipment))
    return " ".join(f"{label}: {said}." for label, said in told if said not in ("", "none"))


def _passage(page: Page, anchor: str, heading: str, text: str) -> Passage:
    address = page.get_absolute_url()
    return Passage(
        group=page.source_key,
        kind=Kind.EXERCISE if page.kind == Kind.CHECK else Kind.ARTICLE if page.kind == Kind.INFO else page.kind,
        url=f"{address}#{anchor}" if anchor else address,
        title=page.title,
        heading=heading,
        body=text,
        areas=tuple(area.slug for area in page.areas.all()),
        day=page.published_on,
    )
