"""What people looked for and did not find, and which pages come first for which words. For those who edit pages."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Max, Sum
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.roles import can_edit_pages
from tips.search import flows
from tips.search.forms import PromotionForm
from tips.search.models import Promotion, Unanswered

MOST = 200
ADDRESS = "/desk/searches/"


View = Callable[..., HttpResponse]


def for_editors(view: View) -> View:
    @wraps(view)
    @login_required
    @never_cache
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not can_edit_pages(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@for_editors
@require_http_methods(["GET", "HEAD", "POST"])
def searches(request: HttpRequest) -> HttpResponse:
    form = PromotionForm(
        request.POST if request.method == "POST" else None, initial={"words": request.GET.get("words")}
    )
    if form.is_valid():
        flows.promote(words=form.cleaned_data["words"], page=form.cleaned_data["page"])
        return _back()
    context = {
        "form": form,
        "unanswered": _unanswered(),
        "promotions": Promotion.objects.select_related("page").order_by("words"),
    }
    return render(request, "search/searches.html", context, status=422 if form.is_bound else 200)


@for_editors
@require_POST
def stop_promoting(_request: HttpRequest, pk: int) -> HttpResponse:
    flows.demote(promotion=get_object_or_404(Promotion, pk=pk))
    return _back()


def _unanswered() -> list[dict[str, Any]]:
    rows = Unanswered.objects.values("words").annotate(times=Sum("times"), last=Max("day"))
    return [dict(row) for row in rows.order_by("-times", "words")[:MOST]]


def _back() -> HttpResponse:
    response = HttpResponseRedirect(ADDRESS)
    response.status_code = 303
    return response
