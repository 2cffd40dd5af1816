"""What the mail provider tells us. Off unless EMAIL_WEBHOOK names one."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from backsite.work import PURPOSES
from tips.mail import events, providers


@csrf_exempt  # the provider signs what it says
@never_cache
@require_POST
def mail_events(request: HttpRequest) -> HttpResponse:
    """Answered after the commit: what was not stored is told again."""
    if not settings.EMAIL_WEBHOOK:
        raise Http404
    now = timezone.now()
    for event in providers.read(request):
        events.take(event, PURPOSES, now=now)
    return HttpResponse()
