"""What strangers read. No cookie, no token, the same bytes for everybody (docs/adr/0008)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from tips.drawing.files import drawing_of
from tips.freshness.noting import rendered_from
from tips.glossary.models import Term
from tips.glossary.words import GENERATION as GLOSSARY
from tips.outcomes.sentence import outcome_sentence
from tips.outcomes.told import told
from tips.pages import fresh, sources
from tips.pages.aims import ALL, by_aim
from tips.pages.areas import area, areas
from tips.pages.facts import ArticleFacts, ExerciseFacts, InfoFacts, VisitorFacts, read
from tips.pages.linking import newest_about
from tips.pages.models import HOME, VISITOR_KINDS, Kind, Page
from tips.practice import care
from tips.practice.current import GENERATION as PRACTICE
from tips.practice.current import site
from tips.reading import asking
from tips.reading.asking import Gone, find_page
from tips.reading.choosing import chosen
from tips.reading.threads import threads
from tips.safety.rules import rules
from tips.text.qr import draw

PER_PAGE = 20
ARTICLES_SHOWN = 50


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    page, newest = asking.home_page(), asking.newest()
    begin_with = read(ArticleFacts, page.facts).exercises if page else []
    named = by_slug(begin_with, request)
    rendered_from(request, page.source_key if page else fresh.OWN, fresh.VISITORS, *fresh.lines(newest))
    context = {
        "page": page,
        "first": [named[slug] for slug in begin_with if slug in named],
        "sections": sections(page) if page else [],
        "newest": newest,
        "areas": areas(),
    }
    return render(request, "reading/home.html", context)


@require_safe
def articles(request: HttpRequest) -> HttpResponse:
    begin = ARTICLES_SHOWN * (page_number(request) - 1)
    found = Page.objects.published().named().of_kind(Kind.ARTICLE).exclude(slug=HOME).order_by("title", "pk")
    shown = list(found[begin : begin + ARTICLES_SHOWN + 1])
    context = {
        "articles": shown[:ARTICLES_SHOWN],
        "next": begin // ARTICLES_SHOWN + 2 if len(shown) > ARTICLES_SHOWN else None,
        "first": not begin,
    }
    rendered_from(request, fresh.OWN, *fresh.titles(shown))
    return render(request, "reading/articles.html", context)


@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    if slug == HOME:
        return redirect("/", permanent=True)
    try:
        page = find_page(slug, Kind.ARTICLE)
    except Gone:
        return gone(request)
    return render(request, "reading/article.html", article_context(page, request))


def article_context(page: Page, request: HttpRequest) -> dict[str, object]:
    facts = read(ArticleFacts, page.facts)
    named = by_slug([*facts.exercises, *facts.checks, *facts.related], request)
    return {
        "page": page,
        "facts": facts,
        "sections": sections(page),
        "exercises": [named[slug] for slug in (*facts.exercises, *facts.checks) if slug in named],
        "related": [named[slug] for slug in facts.related if slug in named],
        "cards": care.cards_for(facts.cards),
        "sources": sources.named(facts.sources),
        "code": draw(f"{site().url}{page.get_absolute_url()}"),
        **voices(page, request),
    }


@require_safe
def exercises(request: HttpRequest) -> HttpResponse:
    here = area(request.GET.get("area", ""))
    found = Page.objects.published().named().of_kind(Kind.EXERCISE, Kind.CHECK).order_by("title")
    pages = {page.slug: page for page in found} | (by_slug([*here.articles], request) if here else {})
    wanted = (*here.exercises, *here.articles) if here else pages
    listed = [pages[slug] for slug in wanted if slug in pages]
    moves = [page for page in listed if page.kind == Kind.EXERCISE]
    checks = [page for page in listed if page.kind == Kind.CHECK]
    articles = [page for page in listed if page.kind == Kind.ARTICLE] if here else []
    context = {
        "groups": [(ALL, moves)] if here and moves else by_aim(moves),
        "checks": checks,
        "articles": articles,
        "areas": areas(),
        "chosen": here,
    }
    rendered_from(request, fresh.OWN, *fresh.titles([*moves, *checks, *articles]))
    return render(request, "reading/exercises.html", context)


@require_safe
def exercise(request: HttpRequest, slug: str) -> HttpResponse:
    try:
        page = find_page(slug, Kind.EXERCISE, Kind.CHECK)
    except Gone:
        return gone(request)
    return render(request, "reading/exercise.html", exercise_context(page, request))


def exercise_context(page: Page, request: HttpRequest) -> dict[str, object]:
    facts = read(ExerciseFacts, page.facts)
    named = by_slug(facts.related, request)
    return {
        "page": page,
        "facts": facts,
        "drawing": drawing_of(page.slug),
        "related": [named[slug] for slug in facts.related if slug in named],
        "sources": sources.named(facts.sources),
        "code": draw(f"{site().url}{page.get_absolute_url()}"),
        **voices(page, request),
    }


@require_safe
def visitors_pages(request: HttpRequest) -> HttpResponse:
    choice, before = chosen(request.GET), request.GET.get("before", "")
    older_than = int(before) if before.isdecimal() and len(before) < 10 else None
    shown = list(choice.newest(Page.objects.published().named(), before=older_than)[: PER_PAGE + 1])
    context = {
        "pages": shown[:PER_PAGE],
        "older": shown[PER_PAGE - 1].sequence if len(shown) > PER_PAGE else None,
        "kinds": [(each.value, each.label) for each in VISITOR_KINDS],
        "areas": areas(),
        "choice": choice,
        "first": not before,
    }
    rendered_from(request, *choice.fresh, *fresh.lines(shown))
    return render(request, "reading/visitors_pages.html", context)


@require_safe
def visitors_page(request: HttpRequest, slug: str) -> HttpResponse:
    try:
        page = find_page(slug, *VISITOR_KINDS)
    except Gone:
        return gone(request)
    outcome, about = asking.outcome_of(page), asking.subjects(page.pk)
    # OWN: what was tried is called as the site's own pages are
    rendered_from(request, *fresh.lines([page]), fresh.OWN, *fresh.titles(about))
    context = {
        "page": page,
        "about": about,
        "outcome": outcome_sentence(outcome) if outcome else "",
        "lines": told(read(VisitorFacts, page.facts)),
        "cards": care.cards_for(page.flags),
        "photos": asking.photos(page.pk),
        "threads": threads(page, begin=request.GET.get("from", "")),
    }
    return render(request, "reading/visitors_page.html", context)


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    rendered_from(request, GLOSSARY)
    terms = list(Term.objects.in_order())
    first = {term.name[0].upper(): term.slug for term in reversed(terms)}
    return render(request, "reading/glossary.html", {"terms": terms, "letters": sorted(first.items())})


@require_safe
def warning_signs(request: HttpRequest) -> HttpResponse:
    cards = [care.card(flag) for flag in sorted(rules().flags, key=lambda each: "ESG".index(each.level))]
    rendered_from(request, PRACTICE)
    return render(request, "reading/warning_signs.html", {"cards": cards, "extra": rules().extra})


@require_safe
def info(request: HttpRequest, slug: str) -> HttpResponse:
    page = find_page(slug, Kind.INFO)
    rendered_from(request, page.source_key)
    return render(request, "reading/info.html", {"page": page, "invites": read(InfoFacts, page.facts).invites})


def gone(request: HttpRequest) -> HttpResponse:
    return render(request, "410.html", status=410)


def page_number(request: HttpRequest) -> int:
    """1 for whatever is none."""
    said = request.GET.get("page", "")
    return max(1, int(said)) if said.isdecimal() and len(said) < 5 else 1


def sections(page: Page) -> tuple[tuple[int | str, ...], ...]:
    return tuple(map(tuple, page.headings))


def by_slug(slugs: list[str], request: HttpRequest) -> dict[str, Page]:
    """Those that are public, to be named on the page of `request`."""
    found = {page.slug: page for page in asking.named(*slugs)} if slugs else {}
    missing = set(slugs) - found.keys()
    rendered_from(request, *fresh.titles(found.values()), *([fresh.OWN] if missing else []))
    return found


def voices(page: Page, request: HttpRequest) -> dict[str, object]:
    """What visitors say: pages about this one, and the replies under it."""
    about = newest_about(page)
    rendered_from(request, fresh.about(page), *fresh.lines([page, *about]))
    return {"visitors_pages": about, "threads": threads(page, begin=request.GET.get("from", ""))}
