"""Exercises on paper: a sheet each, with a code that a phone reads to get back to the page it came from."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from tips.drawing.files import Drawing, drawing_of
from tips.pages.areas import areas
from tips.pages.facts import ExerciseFacts, read
from tips.pages.models import Kind, Page
from tips.practice.current import site
from tips.text.qr import Code, draw

MOST = 12  # sheets at once


@dataclass(frozen=True)
class Sheet:
    """One exercise as `reading/_sheet.html` prints it. `address` is absolute."""

    page: Page
    facts: ExerciseFacts
    address: str
    code: Code
    drawing: Drawing | None


@require_safe
def print_sheets(request: HttpRequest) -> HttpResponse:
    """The sheets of all `of` that are public, `MOST` at the most; where there are none, the form to choose them."""
    known = (
        Page.objects.published().of_kind(Kind.EXERCISE, Kind.CHECK).defer("source", "html").in_bulk(field_name="slug")
    )
    asked = dict.fromkeys(request.GET.getlist("of"))
    chosen = [known[slug] for slug in asked if slug in known]
    if not chosen:
        return choose(request, known, missed=bool(asked))
    rest = chosen[MOST:]
    context = {
        "sheets": [sheet(page) for page in chosen[:MOST]],
        "rest": rest,
        "rest_query": urlencode([("of", page.slug) for page in rest]),
        "today": timezone.localdate(),
    }
    return render(request, "reading/print_sheets.html", context)


def choose(request: HttpRequest, known: dict[str, Page], *, missed: bool) -> HttpResponse:
    groups = [(each, [known[slug] for slug in each.exercises if slug in known]) for each in areas()]
    context = {"groups": [(each, found) for each, found in groups if found], "missed": missed, "most": MOST}
    return render(request, "reading/print_choose.html", context)


def sheet(page: Page) -> Sheet:
    address = f"{site().url}{page.get_absolute_url()}"
    return Sheet(page, read(ExerciseFacts, page.facts), address, draw(address), drawing_of(page.slug))
