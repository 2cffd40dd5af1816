"""The queue and its decisions. Strangers and members are sent to the sign-in page; only moderators see anything."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from accounts.roles import can_moderate
from tips.cases.models import Action, Case, Conflict, Decision, Kind, NotAllowed
from tips.moderation import flows
from tips.moderation.forms import DecisionForm
from tips.moderation.subjects import WITH_SUBJECTS, subject, subjects
from tips.practice import care

View = Callable[..., HttpResponse]
PER_PAGE = 25


def moderators_only(view: View) -> View:
    @wraps(view)
    @login_required
    @never_cache
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not can_moderate(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@moderators_only
@require_http_methods(["GET", "HEAD"])
def queue(request: HttpRequest) -> HttpResponse:
    cases = Case.objects.waiting().exclude(kind=Kind.MESSAGE)
    shown = list(cases.select_related(*WITH_SUBJECTS).most_urgent_first()[:PER_PAGE])
    recent = list(
        Decision.objects.select_related("case", "by", "undone_by", *(f"case__{path}" for path in WITH_SUBJECTS))
        .exclude(case__kind=Kind.MESSAGE)
        .order_by("-pk")[:8]
    )
    letters = Case.objects.waiting().filter(kind=Kind.MESSAGE).select_related("message")
    now = timezone.now()
    context = {
        "rows": [(about, _hours(about.case, now)) for about in subjects(shown)],
        "total": cases.count(),
        "letters": letters.most_urgent_first()[:PER_PAGE],
        "recent": [(decision, subject(decision.case), decision.can_be_undone(now)) for decision in recent],
    }
    return render(request, "moderation/queue.html", context)


def _hours(case: Case, now: datetime) -> int:
    return int(case.age(now).total_seconds() // 3600)


@moderators_only
@require_http_methods(["GET", "HEAD", "POST"])
def case_page(request: HttpRequest, pk: int) -> HttpResponse:
    case = get_object_or_404(Case.objects.exclude(kind=Kind.MESSAGE).select_related(*WITH_SUBJECTS), pk=pk)
    if request.method != "POST":
        return _case(request, case, DecisionForm(initial={"version": case.version}))
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _case(request, case, form, status=422)
    try:
        _decide(request, case, form)
    except Conflict as conflict:
        return _case(request, conflict.case, form, status=409)
    except NotAllowed:
        return _case(request, case, form, status=409)
    return _see_other("/moderation/")


def _decide(request: HttpRequest, case: Case, form: DecisionForm) -> None:
    said = form.cleaned_data
    common = {"case": case, "by": _moderator(request), "version": said["version"], "now": timezone.now()}
    match said["action"]:
        case Action.PUBLISH:
            flows.publish(**common)
        case Action.SPAM:
            flows.mark_spam(**common)
        case Action.DECLINE:
            flows.decline(**common, reason=said["reason"], note=said["note"])
        case Action.HIDE:
            flows.hide(**common, reason=said["reason"], note=said["note"])
        case _:
            raise NotAllowed(said["action"])
    messages.success(request, f"{Action(said['action']).label.capitalize()}. It can be undone for 30 days.")


def _case(request: HttpRequest, case: Case, form: DecisionForm, *, status: int = 200) -> HttpResponse:
    context = {
        "case": case,
        "about": subject(case),
        "form": form,
        "cards": care.cards_for(case.flags),
        "decisions": case.decisions.select_related("by"),
        "conflict": status == 409,
    }
    return render(request, "moderation/case.html", context, status=status)


@moderators_only
@require_http_methods(["GET", "HEAD", "POST"])
def message_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A message to the owner, or a report: to be read and dealt with, never to be published."""
    case = get_object_or_404(Case.objects.filter(kind=Kind.MESSAGE).select_related("message"), pk=pk)
    if request.method != "POST":
        context = {"case": case, "message": case.message, "cards": care.cards_for(case.flags)}
        return render(request, "moderation/message.html", context)
    form = DecisionForm(request.POST)
    try:
        if form.is_valid():
            _deal_with(request, case, form)
    except (Conflict, NotAllowed):
        messages.error(request, "Somebody else dealt with it first.")
    return _see_other("/moderation/")


def _deal_with(request: HttpRequest, case: Case, form: DecisionForm) -> None:
    flows.deal_with_message(
        case=case,
        spam=form.cleaned_data["action"] == Action.SPAM,
        by=_moderator(request),
        version=form.cleaned_data["version"],
        now=timezone.now(),
    )
    messages.success(request, "Done.")


@moderators_only
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    decision = get_object_or_404(Decision.objects.exclude(case__kind=Kind.MESSAGE).select_related("case"), pk=pk)
    try:
        flows.undo(decision=decision, by=_moderator(request), now=timezone.now())
    except (NotAllowed, Conflict):
        messages.error(request, "This can no longer be undone: something newer was decided.")
    else:
        messages.success(request, "Undone. It stands as it did before.")
    return _see_other("/moderation/")


def _moderator(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def _see_other(address: str) -> HttpResponse:
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response
