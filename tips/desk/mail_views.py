"""The letters that went out or wait, for the owner; and what to do with one that may not have arrived."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.roles import can_run_the_site
from tips.desk.deliveries import rows
from tips.guard.doors import only
from tips.mail import outbox, pauses
from tips.mail.models import Delivery

A_PAGE = 50
owners_only = only(can_run_the_site)


@owners_only
@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    """Undecided ones first, all of them; then the newest."""
    page = Paginator(Delivery.objects.order_by("-pk"), A_PAGE).get_page(request.GET.get("page"))
    pause = pauses.current()
    context = {
        "undecided": rows(Delivery.objects.held().order_by("pk")),
        "page": page,
        "rows": rows(list(page)),
        "pause": pause if pause and pause.until > timezone.now() else None,
    }
    return render(request, "desk/letters.html", context)


@owners_only
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """A letter that was decided meanwhile stays as it is."""
    if request.POST.get("action") == "again":
        done, said = outbox.send_again(pk, now=timezone.now()), "It goes out again."
    else:
        done, said = outbox.give_up(pk, now=timezone.now()), "It is left as it is."
    messages.success(request, said if done else "That letter is decided already.")
    response = HttpResponseRedirect("/desk/letters/")
    response.status_code = 303
    return response
