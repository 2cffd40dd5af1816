"""What programs read: robots, the icon, the health check, the manifest."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from tips.freshness.noting import rendered_from
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
