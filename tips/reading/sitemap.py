"""The sitemap: every public page that its author lets search engines see. Days, never times.

While there are few it is one list. Later /sitemap.xml leads to parts, each the pages whose numbers lie in one range, so
that a part costs the same however many there are. Absolute by SITE_URL, whatever Host the request named.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.html import escape
from django.views.decorators.http import require_safe

from tips.freshness.noting import rendered_from
from tips.pages import fresh
from tips.pages.models import Page, Visibility, address
from tips.sql.plain import rows

IN_A_PART = 5_000  # the protocol allows 50,000 addresses
PLACES = ("/articles/", "/exercises/", "/pages/", "/glossary/", "/warning-signs/", "/contact/", "/course/")
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"
# The first page of each part, one step of an index to the next: no more rows are read than there are parts. Nothing is
# joined to "visibility", so that no index by it is taken: SQLite would then look at all that are public.
FIRST = """
SELECT id FROM pages_page WHERE visibility || '' = %s AND in_search_engines = %s AND id >= {begin} ORDER BY id LIMIT 1
"""
STEPS = """
WITH RECURSIVE part(first) AS (
    SELECT ({first})
    UNION ALL
    SELECT ({next}) FROM part WHERE part.first IS NOT NULL
)
SELECT first / %s FROM part WHERE first IS NOT NULL
"""
PARTS = STEPS.format(first=FIRST.format(begin=0), next=FIRST.format(begin="(part.first / %s + 1) * %s"))
Entry = tuple[str, date | None]


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    rendered_from(request, fresh.ANY)
    entries = _entries(0, None)
    return _urlset([*_places(), *entries]) if len(entries) <= IN_A_PART else _index()


@require_safe
def part(request: HttpRequest, number: int) -> HttpResponse:
    rendered_from(request, fresh.ANY)
    first = number * IN_A_PART
    entries = [*(_places() if number == 0 else ()), *_entries(first, first + IN_A_PART)]
    if not entries:
        raise Http404(number)
    return _urlset(entries)


def _entries(first: int, before: int | None) -> list[Entry]:
    """Of the pages with these numbers; one more than a part holds at most."""
    pages = Page.objects.indexable().filter(pk__gte=first)
    if before is not None:
        pages = pages.filter(pk__lt=before)
    found = pages.order_by("pk").values_list("kind", "slug", "updated_on")[: IN_A_PART + 1]
    return [(address(kind, slug), day) for kind, slug, day in found]


def _places() -> Iterator[Entry]:
    """The addresses that are not pages of their own."""
    return ((place, None) for place in PLACES)


def _index() -> HttpResponse:
    shown = (str(Visibility.PUBLISHED), True)
    numbers = [number for (number,) in rows(PARTS, *shown, *shown, *[IN_A_PART] * 3)]
    parts = (f"/sitemap-{number}.xml" for number in dict.fromkeys((0, *numbers)))
    told = "".join(f"<sitemap><loc>{_absolute(each)}</loc></sitemap>\n" for each in parts)
    return _xml(f'<sitemapindex xmlns="{SCHEMA}">\n{told}</sitemapindex>\n')


def _urlset(entries: Iterable[Entry]) -> HttpResponse:
    told = "".join(
        f"<url><loc>{_absolute(path)}</loc>{f'<lastmod>{day.isoformat()}</lastmod>' if day else ''}</url>\n"
        for path, day in entries
    )
    return _xml(f'<urlset xmlns="{SCHEMA}">\n{told}</urlset>\n')


def _absolute(path: str) -> str:
    return escape(f"{settings.SITE_URL}{path}")


def _xml(text: str) -> HttpResponse:
    return HttpResponse(f"{HEAD}{text}", content_type="application/xml", headers={"X-Robots-Tag": "noindex"})
