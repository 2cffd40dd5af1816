"""The queue, and one thing of it. Strangers and members are sent to the sign-in page; only moderators see anything."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from tips.cases.models import READ_TO_BE_SHOWN, Action, Case, Conflict, Decision, Kind, NotAllowed
from tips.cases.reasons import Reason, way_on
from tips.moderation import deciding, flows, queueing
from tips.moderation.forms import DecisionForm
from tips.moderation.letters import decided_text
from tips.moderation.responding import (
    QUEUE,
    address_of,
    going_on,
    last_decision,
    left_for_now,
    moderator,
    moderators_only,
    next_after,
    onwards,
    see_other,
)
from tips.moderation.showing import case_context, conflict_context
from tips.moderation.subjects import WITH_SUBJECTS, subject

SHOWN_DECISIONS = 5
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@moderators_only
@require_http_methods(["GET", "HEAD"])
def queue(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    sort = request.GET.get("sort", "")
    found = queueing.waiting(sort)
    first = _number(request.GET.get("from", ""))
    rows, total = queueing.rows(found, now=now, first=first), found.count()
    recent = list(
        Decision.objects.select_related("case", "by", "undone_by", *(f"case__{path}" for path in WITH_SUBJECTS))
        .filter(case__kind__in=READ_TO_BE_SHOWN)
        .order_by("-pk")[:SHOWN_DECISIONS]
    )
    context = {
        "rows": rows,
        "total": total,
        "sort": sort if sort in queueing.SORTS else "",
        "sorts": [(code, name) for code, (name, _) in queueing.SORTS.items()],
        "next_from": first + len(rows) if first + len(rows) < total else 0,
        "recent": [(decision, subject(decision.case), decision.can_be_undone(now)) for decision in recent],
    }
    return render(request, "moderation/queue.html", context)


@moderators_only
@require_http_methods(["GET", "HEAD"])
def next_thing(request: HttpRequest) -> HttpResponse:
    """Only leads on: to the most urgent thing, past what the address says was left for now."""
    return next_after(left_for_now(request))


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 7 else 0


def find_case(pk: int) -> Case:
    """Raises Http404 for a message, an objection, or nothing."""
    return get_object_or_404(Case.objects.to_be_shown().select_related(*WITH_SUBJECTS), pk=pk)


@moderators_only
@get_or_post
def case_page(request: HttpRequest, pk: int) -> HttpResponse:
    case = find_case(pk)
    if request.method != "POST":
        form = DecisionForm(initial={"version": case.version})
        last = last_decision(moderator(request), timezone.now())
        context = case_context(case, form) | going_on(request, case) | {"last": last}
        return render(request, "moderation/case.html", context)
    if "look" in request.POST:
        return _letter(request, case)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return render(request, "moderation/case.html", case_context(case, form) | going_on(request, case), status=422)
    try:
        decision = deciding.decide(case, form.cleaned_data, by=moderator(request), now=timezone.now())
    except (Conflict, NotAllowed):
        return render(request, "moderation/conflict.html", conflict_context(pk, form.cleaned_data), status=409)
    messages.success(request, f"{decision.get_action_display().capitalize()}. It can be undone for 30 days.")
    return onwards(request)


def _letter(request: HttpRequest, case: Case) -> HttpResponse:
    """What the author would read, before it is sent; the canned words are put in to be changed."""
    posted = request.POST.copy()
    posted["action"] = request.POST["look"]
    reason = request.POST.get("reason", "")
    if not request.POST.get("note", "").strip() and reason in Reason.values:
        posted["note"] = way_on(reason)
    form = DecisionForm(posted)
    if not form.is_valid():
        return render(request, "moderation/case.html", case_context(case, form) | going_on(request, case), status=422)
    said = form.cleaned_data
    planned = Decision(case=case, action=said["action"], reason=said["reason"], note=said["note"])
    context = {
        "case": case,
        "about": subject(case),
        "form": form,
        "action": said["action"],
        "verb": deciding.VERBS[Action(said["action"])],
        "letter": decided_text(planned),
        "onwards": request.POST.get("onwards"),
    }
    return render(request, "moderation/letter.html", context)


@moderators_only
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    shown = Decision.objects.exclude(case__kind__in=(Kind.MESSAGE, Kind.OBJECTION)).select_related("case")
    decision = get_object_or_404(shown, pk=pk)
    try:
        flows.undo(decision=decision, by=moderator(request), now=timezone.now())
    except (NotAllowed, Conflict):
        messages.error(request, "This can no longer be undone: something newer was decided.")
    else:
        messages.success(request, "Undone. It stands as it did before.")
    return see_other(address_of(decision.case) if "onwards" in request.POST else QUEUE)
