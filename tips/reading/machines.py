"""What programs read: robots, the icon, the health check, the manifest, the sitemap."""

from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap as render_sitemap
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from tips.freshness.noting import rendered_from
from tips.pages import fresh
from tips.pages.models import Page
from tips.practice.current import GENERATION as PRACTICE
from tips.practice.current import site

NOT_FOR_ROBOTS = (
    "/share/received/", "/share/draft/", "/share/photo/", "/mine/", "/search.json", "/search/suggest/",
    "/moderation/", "/admin/", "/accounts/", "/report/", "/course/confirm/", "/course/me/", "/u/",
)  # fmt: skip


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    rendered_from(request, PRACTICE)
    closed = [f"Disallow: {path}" for path in NOT_FOR_ROBOTS]
    lines = ["User-agent: *", *closed, "", f"Sitemap: {settings.SITE_URL}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def icon(_request: HttpRequest) -> HttpResponse:
    """Where browsers and feed readers look for one unasked."""
    return redirect(static("img/favicon.ico"), permanent=True)


@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """200 while the site can read its database."""
    Page.objects.exists()
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    rendered_from(request, PRACTICE)
    body = {
        "name": site().name,
        "short_name": site().name,
        "start_url": "/",
        "display": "browser",
        "background_color": "#fbf7ef",
        "theme_color": "#fbf7ef",
        "icons": [
            {"src": static("img/favicon.svg"), "sizes": "any", "type": "image/svg+xml"},
            {"src": static("img/apple-touch-icon.png"), "sizes": "180x180", "type": "image/png"},
        ],
    }
    return JsonResponse(body, content_type="application/manifest+json")


class SiteSitemap(Sitemap):
    """Absolute by SITE_URL, whatever Host the request named."""

    def get_protocol(self, protocol: str | None = None) -> str:
        return str(urlsplit(settings.SITE_URL).scheme)

    def get_domain(self, site: object = None) -> str:
        return str(urlsplit(settings.SITE_URL).netloc)


class PageSitemap(SiteSitemap):
    """Everything published that its author lets search engines see; days, never times."""

    limit = 5000

    def items(self) -> QuerySet[Page]:
        return Page.objects.indexable().order_by("pk")

    def lastmod(self, item: Page) -> date | None:
        return item.updated_on


class PlaceSitemap(SiteSitemap):
    """The addresses that are not pages of their own."""

    def items(self) -> list[str]:
        return ["/articles/", "/exercises/", "/pages/", "/glossary/", "/warning-signs/", "/contact/", "/course/"]

    def location(self, item: str) -> str:
        return item


SITEMAPS: dict[str, Any] = {"pages": PageSitemap, "places": PlaceSitemap}


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    rendered_from(request, fresh.ANY)
    answer: HttpResponse = render_sitemap(request, SITEMAPS)
    return answer
