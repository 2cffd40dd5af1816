"""The check page says who will see what, and it says it of the record that would be stored."""

from dataclasses import fields

import pytest
from django.test import Client

from tests import make
from tips.guard.forms import GuardedForm
from tips.outcomes.models import Outcome
from tips.pages.facts import VisitorFacts
from tips.pages.models import Page
from tips.photos.models import Photo
from tips.sharing import seen
from tips.sharing.forms import StoryForm

# Nobody reads these: how a row is kept, found and put in order, or what moderators and owners add.
IN_THE_HOUSE = {
    "page": {
        *("id", "slug", "summary", "html", "headings", "facts", "visibility", "published_on", "updated_on", "sequence"),
        *("comments_open", "closed_because", "in_search_engines", "comment_count", "flags", "reviewed_by"),
        *("reviewed_on", "next_review_on", "loaded_digest"),
    },
    "outcome": {"id", "page"},
    "photo": {
        *("id", "public_id", "page", "case", "position", "width", "height", "widths", "has_avif", "folder"),
        *("visibility", "taken_on"),
    },
}
# Where each field of the form goes, where it has another name there.
ELSEWHERE = {"story": "page.source", "name": "page.byline", "photos": "photo.alt"}
NEVER_SHOWN = {"email", "consent", "keep_no_draft", *GuardedForm.base_fields}


@pytest.mark.parametrize(("name", "model"), [("page", Page), ("outcome", Outcome), ("photo", Photo)])
def test_every_field_of_a_public_table_has_a_line_or_is_named_as_kept_in_the_house(name, model):
    stored = {field.name for field in (*model._meta.concrete_fields, *model._meta.many_to_many)}
    lines = {full.partition(".")[2] for full in seen.SHOWN if full.startswith(f"{name}.")}
    assert stored - lines - IN_THE_HOUSE[name] == set(), "add it to seen.SHOWN, or say here that nobody reads it"
    assert not lines & IN_THE_HOUSE[name]


def test_every_answer_kept_beside_the_words_has_a_line():
    assert {f"facts.{field.name}" for field in fields(VisitorFacts)} <= set(seen.SHOWN)


def test_every_field_of_the_form_leads_to_a_line_or_is_never_shown():
    shown = {full.partition(".")[2]: full for full in seen.SHOWN}
    lost = [
        name
        for name in StoryForm.base_fields
        if name not in NEVER_SHOWN and name not in shown and ELSEWHERE.get(name) not in seen.SHOWN
    ]
    assert lost == []


def lines_of(**over) -> dict[str, dict[str, str]]:
    vik = Client()
    answer = vik.post("/share/", make.filled(vik, "/share/", **make.story(action="check", **over)))
    found = answer.context["seen"]
    text = answer.content.decode()
    for row in (*found.everyone, *found.moderator, *found.kept):
        assert row.label in text
    return {part: {row.label: row.value for row in getattr(found, part)} for part in ("everyone", "moderator", "kept")}


@pytest.mark.django_db
def test_whatever_is_filled_in_is_named_with_its_value():
    everyone = lines_of(
        name="Vik", place="Wales", areas=["lower-back"], side="left", triggers=["garden"], pain_before="7", again="no"
    )["everyone"]
    assert everyone["The name"] == "Vik"
    assert everyone["Where you are"] == "Wales"
    assert everyone["Where it hurts"] == "Lower back (people find your page by it; it is not written on it)"
    assert everyone["The side"] == "Left"
    assert everyone["What brought it on"] == "Work in the garden"
    assert everyone["Pain before"] == "7"
    assert "No name" not in everyone


@pytest.mark.django_db
def test_no_name_is_said_to_be_none_and_nothing_empty_is_listed():
    everyone = lines_of()["everyone"]
    assert everyone["No name"] == "A visitor"
    assert not {"The name", "Where you are", "Pain before", "The steps"} & set(everyone)


@pytest.mark.django_db
def test_an_address_is_said_to_be_seen_by_nobody_and_for_how_long():
    said = lines_of(email="vik@example.org")
    assert "vik@example.org" not in str(said)
    assert "but not which" in said["moderator"]["That you left an e-mail address"]
    assert "30 days" in said["kept"]["Your address"]


@pytest.mark.django_db
def test_the_draft_is_named_unless_none_is_kept():
    assert "7 days" in lines_of()["kept"]["The draft"]
    assert "The draft" not in lines_of(keep_no_draft="on")["kept"]


@pytest.mark.django_db
def test_what_is_checked_is_what_readers_get():
    vik = Client()
    said = make.story(kind="tip", steps="Stand tall\nBend", caution="Not after a fall", side="left", areas=["neck"])
    checked = vik.post("/share/", make.filled(vik, "/share/", **said | {"action": "check"})).content.decode()
    vik.post("/share/", make.filled(vik, "/share/", **said))
    page = Page.objects.get()
    make.decide(make.case_of(page))
    page.refresh_from_db()
    public = Client().get(page.get_absolute_url()).content.decode()
    part = public[public.index('<p class="voice-label">') : public.index("Not after a fall")]
    assert part.strip() in checked
    assert "<li>Stand tall</li>" in part
