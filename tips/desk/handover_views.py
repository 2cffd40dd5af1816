"""What the owner left for whoever stands in: for everybody who can moderate."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.roles import can_moderate
from tips.guard.doors import only
from tips.practice.current import handover


@only(can_moderate)
@require_safe
def handover_note(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/handover.html", {"note": handover()})
