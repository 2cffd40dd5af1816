"""The form as a newcomer meets it: drawn once for every invitation and given out with a token of each visitor's own."""

import functools
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import loader

from tips.freshness.slots import generation
from tips.guard import tokens
from tips.pages.fresh import OWN
from tips.pages.models import VISITOR_KINDS
from tips.pages.titles import owners_pages
from tips.photos.taking import MOST
from tips.practice.current import GENERATION as PRACTICE
from tips.sharing.forms import StoryForm
from tips.text.clean import one_line

PLACE = "the-token-of-this-visitor-goes-here"
LONGEST_TITLE = 120  # characters
FRESH = (OWN, PRACTICE)  # what is printed of the site on it


def page(request: HttpRequest, *, now: datetime, arrived: Mapping[str, Any] | None = None) -> HttpResponse:
    """`?kind=`, `?about=` and `?title=` come from an invitation; what is unknown in them is left out.

    `arrived`: the receipt of what this browser sent last, for those who came back from it.
    """
    kind = request.GET.get("kind", "") if request.GET.get("kind") in VISITOR_KINDS else ""
    known = dict(owners_pages())
    about = tuple(slug for slug in dict.fromkeys(request.GET.getlist("about")) if slug in known)[:5]
    title = one_line(request.GET.get("title", ""))[:LONGEST_TITLE]
    # Titles and receipts are everybody's own: not worth remembering.
    draw = functools.partial(_drawn.__wrapped__, title=title, arrived=arrived) if title or arrived else _drawn
    before, after = draw(kind, about, tuple(map(generation, FRESH)))
    return HttpResponse(f"{before}{tokens.issue(StoryForm.form_name, now=now)}{after}")


@functools.lru_cache(maxsize=128)
def _drawn(
    kind: str,
    about: tuple[str, ...],
    _fresh: tuple[int, ...],
    *,
    title: str = "",
    arrived: Mapping[str, Any] | None = None,
) -> tuple[str, str]:
    request = HttpRequest()
    request.path = "/share/"
    form = StoryForm(initial={"kind": kind, "about": list(about), "title": title, "form_token": PLACE})
    context = {"form": form, "photos": [], "room": MOST, "arrived": arrived}
    before, _, after = loader.render_to_string("sharing/share.html", context, request).partition(PLACE)
    return before, after
