"""Photos that nobody has let out yet, for those who decide."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from tips.moderation.responding import moderators_only
from tips.photos.models import Photo
from tips.photos.serving import sealed_response


@moderators_only
@require_safe
def waiting_photo(_request: HttpRequest, public_id: str) -> HttpResponse:
    """Those that were sent: a draft is its author's alone."""
    return sealed_response(get_object_or_404(Photo.objects.sent(), public_id=public_id))
