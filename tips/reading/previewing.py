"""What an editor is writing, as readers will see it. Nothing is stored."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from accounts.roles import can_edit_pages
from tips.guard.doors import only
from tips.pages.facts import InfoFacts, read
from tips.pages.forms import form_for
from tips.pages.models import OWNER_KINDS, Kind, Page
from tips.pages.rendering import render_page
from tips.reading.views import article_context, exercise_context


@only(can_edit_pages)
@require_POST
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    page = get_object_or_404(Page.objects.of_kind(*OWNER_KINDS), pk=pk)
    form = form_for(page.kind)(request.POST, instance=page)
    if not form.is_valid():
        return render(request, "reading/preview_refused.html", {"form": form}, status=422)
    render_page(page)
    if page.kind == Kind.ARTICLE:
        layout, context = "reading/article.html", article_context(page, request)
    elif page.kind in (Kind.EXERCISE, Kind.CHECK):
        layout, context = "reading/exercise.html", exercise_context(page, request)
    else:
        layout, context = "reading/info.html", {"page": page, "invites": read(InfoFacts, page.facts).invites}
    return render(request, "reading/preview.html", {**context, "layout": layout})
