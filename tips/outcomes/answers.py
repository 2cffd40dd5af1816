"""What a visitor answered beside the words and the facts of the kind, as one value: a page has it, a revision keeps it.

A revision that keeps none was made before anybody changed the answers of its page, and says what the page says
(docs/adr/0049).
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from tips.cases.models import Case
from tips.outcomes.models import Outcome
from tips.outcomes.sentence import outcome_sentence
from tips.outcomes.told import Line, told
from tips.pages.areas import named
from tips.pages.facts import VisitorFacts, read
from tips.pages.lists import PageArea
from tips.pages.models import Page, Revision
from tips.pages.titles import titles
from tips.photos import store as photo_store
from tips.photos.models import Photo

Answers = dict[str, Any]  # place; areas and about: slugs; outcome: what was answered; photos: name -> [alt, caption]


def answered(outcome: Outcome | None) -> dict[str, Any]:
    """By the names of the fields; a pain of 0 is an answer."""
    if outcome is None:
        return {}
    names = [each.name for each in Outcome._meta.concrete_fields if each.name not in {"id", "page"}]
    said = {name: getattr(outcome, name) for name in names}
    return {name: value for name, value in said.items() if value not in ("", None, [])}


def of_page(page: Page) -> Answers:
    return {
        "place": page.place,
        "areas": sorted(each.slug for each in page.areas.all()),
        "about": sorted(page.about.values_list("slug", flat=True)),
        "outcome": answered(Outcome.objects.filter(page=page).first()),
        "photos": {photo.public_id: [photo.alt, photo.caption] for photo in photo_store.all_of(page)},
    }


def of_revision(revision: Revision) -> Answers:
    return beside(of_page(revision.page), revision.answers)


def beside(now: Answers, kept: Mapping[str, Any]) -> Answers:
    """What a revision kept, where its page says `now`. Photos come and go without it, and bring their words along."""
    if not kept:
        return now
    photos = {name: kept["photos"].get(name, words) for name, words in now["photos"].items()}
    return {**kept, "photos": photos}


def keep(page: Page) -> None:
    """Before a page's answers may change: its revisions so far say what it says now."""
    page.revisions.filter(answers={}).update(answers=of_page(page))


@transaction.atomic
def put(*, page: Page, kept: Mapping[str, Any]) -> None:
    """A page says what one of its revisions kept; its own row is saved by whoever goes on with it."""
    now = of_page(page)
    wanted = beside(now, kept)
    if wanted == now:
        return
    page.place = wanted["place"]
    _put_areas(page, wanted["areas"])
    page.about.set(Page.objects.filter(slug__in=wanted["about"]))
    _put_outcome(page, wanted["outcome"])
    for photo in photo_store.all_of(page).filter(public_id__in=wanted["photos"]):
        alt, caption = wanted["photos"][photo.public_id]
        photo_store.describe(photo=photo, alt=alt, caption=caption)


def _put_areas(page: Page, slugs: Iterable[str]) -> None:
    page.areas.exclude(slug__in=slugs).delete()
    known = {each.slug for each in page.areas.all()}
    PageArea.objects.bulk_create(PageArea(page=page, slug=slug) for slug in slugs if slug not in known)


def _put_outcome(page: Page, said: Mapping[str, Any]) -> None:
    if not said:
        Outcome.objects.filter(page=page).delete()
        return
    stored = Outcome.objects.filter(page=page).first()
    Outcome(pk=stored.pk if stored else None, page=page, **said).save()


def keep_photo(*, case: Case, photo: Photo) -> None:
    """The version that it waits with is read with its words, however they change afterwards."""
    for revision in Revision.objects.filter(case=case).exclude(answers={}):
        revision.answers["photos"][photo.public_id] = [photo.alt, photo.caption]
        revision.save(update_fields=["answers"])


def forget_photo(*, page: Page, name: str) -> None:
    """Its words go from every revision, as it goes itself."""
    for revision in page.revisions.exclude(answers={}):
        if revision.answers["photos"].pop(name, None):
            revision.save(update_fields=["answers"])


def lines(facts: Mapping[str, Any], answers: Answers) -> list[Line]:
    """All of it in words, for its author and the moderators."""
    about = titles() if answers["about"] else {}
    said = [
        Line("Where they are", answers["place"]),
        Line("Where it hurts", ", ".join(each.name for each in named(answers["areas"]))),
        Line("How it went", outcome_sentence(Outcome(**answers["outcome"]))),
        Line("What it is about", ", ".join(about.get(slug, slug) for slug in answers["about"])),
    ]
    return [*told(read(VisitorFacts, dict(facts))), *(line for line in said if line.value)]


def as_text(facts: Mapping[str, Any], answers: Answers) -> str:
    """One answer a line, with the words of the photos: what differs between two versions is seen in it."""
    said = [f"{line.label}: {line.value or ' / '.join(line.steps)}" for line in lines(facts, answers)]
    photos = enumerate(answers["photos"].values(), 1)
    said += [f"Photo {number}: {' / '.join(filter(None, words))}" for number, words in photos if any(words)]
    return "\n".join(said)
