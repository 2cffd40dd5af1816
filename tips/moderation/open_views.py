"""What moderators did, in numbers that everybody may read; and what to do when somebody may come to harm."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tips.moderation.responding import moderators_only
from tips.moderation.transparency import figures


@require_http_methods(["GET", "HEAD"])
def transparency(request: HttpRequest) -> HttpResponse:
    return render(request, "moderation/transparency.html", {"figures": figures(timezone.now())})


@moderators_only
@require_http_methods(["GET", "HEAD"])
def imminent_harm(request: HttpRequest) -> HttpResponse:
    return render(request, "moderation/imminent_harm.html")
