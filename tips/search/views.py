"""The search page, the same as JSON, and suggestions while typing."""

from dataclasses import replace
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from tips.pages.areas import area
from tips.practice import care
from tips.search import missed
from tips.search.finding import Asked, Results, search, search_page
from tips.search.options import area_options
from tips.search.showing import Found
from tips.search.suggesting import suggestions_for
from tips.search.turns import turn
from tips.search.ways_on import ways_on

PER_PAGE = 10
LONGEST_ADDRESS = 300
KINDS = (
    ("article", "Articles"),
    ("exercise", "Exercises"),
    ("experience", "Experiences"),
    ("tip", "Tips"),
    ("question", "Questions"),
    ("term", "Glossary"),
    ("warning", "Warning signs"),
)
SORTS = (("best", "Best first"), ("newest", "Newest first"))


def asked(request: HttpRequest) -> Asked:
    """The search that an address describes; unknown values count as not given."""
    said = request.GET
    return Asked(
        kind=said.get("kind", "") if said.get("kind") in dict(KINDS) else "",
        area=said.get("area", "") if area(said.get("area", "")) else "",
        sort="newest" if said.get("sort") == "newest" else "best",
        as_typed=said.get("as_typed") == "1",
        only=said.get("only") == "1",
    )


def address(words: str, choice: Asked, **over: Any) -> str:
    """The address of a search, without what is as usual in it."""
    chosen = replace(choice, **over)
    usual = {name: value for name, value in vars(chosen).items() if value and value != getattr(Asked, name)}
    said = {name: 1 if value is True else value for name, value in usual.items()}
    return f"/search/?{urlencode({'q': words, **said})}"


@require_safe
@turn()
def results(request: HttpRequest) -> HttpResponse:
    place = request.GET.get("in", "")[:LONGEST_ADDRESS]
    return _one_page(request, place) if place else _all_pages(request)


def _all_pages(request: HttpRequest) -> HttpResponse:
    choice = asked(request)
    found = search(request.GET.get("q", ""), choice)
    nowhere = not found.elsewhere and bool(found.query.terms)
    if nowhere and not any((choice.area, choice.as_typed, found.safety.marks)):
        missed.note(found.query, today=timezone.localdate())
    context = {
        **_shared(found, choice),
        "page": Paginator(found.pages, PER_PAGE).get_page(request.GET.get("page")),
        "query": address(found.raw, choice).removeprefix("/search/?") + "&",
        "kinds": _kinds(found, choice),
        "sorts": [(label, address(found.raw, choice, sort=sort), sort == choice.sort) for sort, label in SORTS],
        "areas": area_options(choice.area),
        "ways": ways_on(found) if nowhere else None,
    }
    return render(request, "search/results.html", context)


def _one_page(request: HttpRequest, place: str) -> HttpResponse:
    choice = asked(request)
    found = search_page(request.GET.get("q", ""), place, choice)
    each = found.pages[0] if found.pages else None
    return render(request, "search/one_page.html", {**_shared(found, choice), "each": each})


def _shared(found: Results, choice: Asked) -> dict[str, Any]:
    """What both pages say about the question."""
    raw = found.raw
    return {
        "found": found,
        "choice": choice,
        "cards": care.cards(found.safety),
        "here": address(raw, choice),
        "typed": address(raw, choice, as_typed=True),
        "meant": address(found.meant, choice, as_typed=False) if found.meant else "",
        "narrow": address(raw, choice, only=True),
        "wide": address(raw, choice, only=False),
        "everything": address(raw, choice, kind="", area=""),
        "ask": f"/share/?{urlencode({'kind': 'question', 'title': raw[:120]})}",
    }


def _kinds(found: Results, choice: Asked) -> list[tuple[str, int, str, bool]]:
    """Label, number of pages, address, whether it is the one chosen; first all of them."""
    every = ("All", found.elsewhere, address(found.raw, choice, kind=""), not choice.kind)
    shown = [(kind, label) for kind, label in KINDS if found.counts.get(kind) or kind == choice.kind]
    return [
        every,
        *(
            (label, found.counts.get(kind, 0), address(found.raw, choice, kind=kind), kind == choice.kind)
            for kind, label in shown
        ),
    ]


@require_safe
@turn()
def results_json(request: HttpRequest) -> JsonResponse:
    return JsonResponse(as_json(search(request.GET.get("q", ""), asked(request))))


def as_json(found: Results) -> dict[str, Any]:
    """The shape that the contract promises to other programs."""
    return {
        "query": found.raw,
        "corrected": found.corrected or None,
        "meant": found.meant or None,
        "expanded": list(found.expanded),
        "total": found.total,
        "took_ms": found.took_ms,
        "safety": {"level": found.safety.level, "flags": list(found.safety.flags)},
        "hits": [_hit(each) for each in found.pages],
    }


def _hit(each: Found) -> dict[str, Any]:
    subject = each.subject
    return {
        "kind": subject.kind,
        "slug": subject.slug,
        "url": subject.url,
        "title": subject.title,
        "score": round(each.score, 4),
        "places": each.places,
        "passages": [{"html": passage.html, "url": passage.url} for passage in each.passages],
    }


@require_safe
def suggestions(request: HttpRequest) -> JsonResponse:
    offered = suggestions_for(request.GET.get("q", "")[:60])
    return JsonResponse({"suggestions": [{"text": each.text, "url": each.url, "kind": each.kind} for each in offered]})
