"""Exercises on paper: a sheet each, with a code that a phone reads to get back to the page it came from."""

from dataclasses import dataclass
from itertools import groupby

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from tips.pages.areas import areas
from tips.pages.facts import ExerciseFacts, read
from tips.pages.models import Kind, Page
from tips.practice.current import site

MOST = 12  # sheets at once
QUIET = 4  # modules of white that ISO/IEC 18004 wants on every side


@dataclass(frozen=True)
class Code:
    """A QR code as SVG path data, one unit a module; `size` counts the white on both sides too."""

    size: int
    path: str


@dataclass(frozen=True)
class Sheet:
    """One exercise as `reading/_sheet.html` prints it. `address` is absolute."""

    page: Page
    facts: ExerciseFacts
    address: str
    code: Code


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
    return Sheet(page, read(ExerciseFacts, page.facts), address, draw(address))


def draw(address: str) -> Code:
    """Drawn in the page itself, since our policy allows neither data: images nor inline style."""
    rows = [list(row) for row in segno.make(address, error="m", micro=False).matrix_iter(border=QUIET)]
    return Code(len(rows), "".join(bars(row, y) for y, row in enumerate(rows)))


def bars(row: list[int], y: int) -> str:
    """Every run of dark modules of one row, as a closed shape."""
    path, x = "", 0
    for dark, run in groupby(row):
        length = len(list(run))
        path += f"M{x} {y}h{length}v1h-{length}z" if dark else ""
        x += length
    return path
