"""The search page, the same as JSON, and suggestions while typing."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from tips.index.suggest import suggest
from tips.pages.areas import area, areas
from tips.practice import care
from tips.search.finding import Found, Results, search

PER_PAGE = 10
KINDS = (
    ("article", "Articles"),
    ("exercise", "Exercises"),
    ("experience", "Experiences"),
    ("tip", "Tips"),
    ("question", "Questions"),
    ("term", "Glossary"),
    ("warning", "Warning signs"),
)


def asked(request: HttpRequest) -> dict[str, Any]:
    """The search that an address describes; unknown values count as not given."""
    said = request.GET
    return {
        "kind": said.get("kind", "") if said.get("kind") in dict(KINDS) else "",
        "area": said.get("area", "") if area(said.get("area", "")) else "",
        "sort": "newest" if said.get("sort") == "newest" else "best",
        "as_typed": said.get("as_typed") == "1",
    }


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    choice = asked(request)
    found = search(request.GET.get("q", ""), **choice)
    page = Paginator(found.pages, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "found": found,
        "page": page,
        "query": urlencode({name: value for name, value in {"q": found.raw, **choice}.items() if value}) + "&",
        "choice": choice,
        "kinds": [(value, label, found.counts.get(value, 0)) for value, label in KINDS],
        "areas": areas(),
        "cards": care.cards(found.safety),
    }
    return render(request, "search/results.html", context)


@require_safe
def results_json(request: HttpRequest) -> JsonResponse:
    return JsonResponse(as_json(search(request.GET.get("q", ""), **asked(request))))


def as_json(found: Results) -> dict[str, Any]:
    """The shape that the contract promises to other programs."""
    return {
        "query": found.raw,
        "corrected": found.corrected or None,
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
        "passages": [{"html": passage.html, "url": passage.url} for passage in each.passages],
    }


@require_safe
def suggestions(request: HttpRequest) -> JsonResponse:
    offered = suggest(request.GET.get("q", "")[:60])
    return JsonResponse({"suggestions": [{"text": each.text, "url": each.url, "kind": each.kind} for each in offered]})
