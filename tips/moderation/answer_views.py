"""What is answered and never published: messages, reports, objections. And the link in the letter."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tips.cases.models import Case, Conflict, Kind, NotAllowed
from tips.moderation import by_letter, flows, objecting, reporting
from tips.moderation.forms import AnswerForm, DecisionForm, ReportForm
from tips.moderation.queueing import is_hard, why
from tips.moderation.responding import address_of, going_on, moderator, moderators_only, onwards, see_other
from tips.moderation.showing import case_context
from tips.moderation.subjects import WITH_SUBJECTS, subject
from tips.practice import care

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
TOO_LATE = "Somebody else dealt with it first."


@moderators_only
@get_or_post
def message_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A message to the owner, or a report: to be read and dealt with, never to be published."""
    case = get_object_or_404(Case.objects.filter(kind=Kind.MESSAGE).select_related("message", "joins"), pk=pk)
    if request.method != "POST":
        return _message(request, case, ReportForm(initial={"reason": reporting.REASON_FOR.get(case.message.reason)}))
    form = ReportForm(request.POST)
    if not form.is_valid() and "reason" in form.errors:
        return _message(request, case, form, status=422)
    try:
        if form.is_valid():
            _deal_with(request, case, form)
    except (Conflict, NotAllowed):
        messages.error(request, TOO_LATE)
    return onwards(request)


def _message(request: HttpRequest, case: Case, form: ReportForm, *, status: int = 200) -> HttpResponse:
    context = {
        "case": case,
        "message": case.message,
        "form": form,
        "why": why(case, case.message.text),
        "item": reporting.reported(case.message.about) if case.message.about else None,
        "others": [each.message for each in case.joined.select_related("message")],
        "cards": care.cards_for(case.flags),
        "is_hard": is_hard(case),
        **going_on(request, case),
    }
    return render(request, "moderation/message.html", context, status=status)


def _deal_with(request: HttpRequest, case: Case, form: ReportForm) -> None:
    said, by, now = form.cleaned_data, moderator(request), timezone.now()
    common = {"case": case, "by": by, "version": said["version"], "now": now}
    item = reporting.reported(case.message.about) if said["action"] == "hide" else None
    if item:
        reporting.hide_reported(item=item.case, reason=said["reason"], note=said["note"], **common)
        messages.success(request, "Hidden. It can be undone for 30 days.")
        return
    if said["action"] == "spam" or not case.message.about:
        flows.deal_with_message(spam=said["action"] == "spam", **common)
    else:
        reporting.deal_with_report(hidden=False, **common)
    messages.success(request, "Done.")


@moderators_only
@get_or_post
def objection_page(request: HttpRequest, pk: int) -> HttpResponse:
    found = Case.objects.filter(kind=Kind.OBJECTION).select_related(
        "objection__decision__case", "objection__decision__by"
    )
    case = get_object_or_404(found, pk=pk)
    form = AnswerForm(request.POST) if request.method == "POST" else AnswerForm()
    if request.method != "POST":
        return _objection(request, case, form)
    if not form.is_valid():
        return _objection(request, case, form, status=422)
    try:
        _answer(request, case, form)
    except (Conflict, NotAllowed):
        messages.error(request, "Somebody else must look at it, or has done so already.")
        return _objection(request, Case.objects.get(pk=pk), form, status=409)
    messages.success(request, "Answered. Its author can read it with the private link.")
    return onwards(request)


def _answer(request: HttpRequest, case: Case, form: AnswerForm) -> None:
    said = form.cleaned_data
    common = {"case": case, "note": said["note"], "by": moderator(request), "version": said["version"]}
    if said["action"] == "overturn":
        objecting.overturn(**common, now=timezone.now())
    else:
        objecting.uphold(**common, reason=said["reason"], now=timezone.now())


def _objection(request: HttpRequest, case: Case, form: AnswerForm, *, status: int = 200) -> HttpResponse:
    contested = case.objection.decision
    context = {
        "case": case,
        "objection": case.objection,
        "contested": contested,
        "about": subject(contested.case),
        "form": form,
        "may_answer": objecting.may_answer(contested, moderator(request)),
        "answers": case.decisions.select_related("by"),
        "cards": care.cards_for(case.flags),
        "why": why(case, case.objection.text),
        **going_on(request, case),
    }
    return render(request, "moderation/objection.html", context, status=status)


@moderators_only
@get_or_post
def letter_link(request: HttpRequest, word: str) -> HttpResponse:
    """Looking at it, by however many programs, decides nothing. It works once: a decision makes it void."""
    now = timezone.now()
    case = by_letter.read(word, now=now)
    if case is None:
        return render(request, "moderation/link_is_old.html")
    if case.kind in {Kind.MESSAGE, Kind.OBJECTION}:
        return see_other(address_of(case))
    if request.method != "POST":
        case = Case.objects.select_related(*WITH_SUBJECTS).get(pk=case.pk)
        return render(request, "moderation/by_letter.html", case_context(case, DecisionForm()) | {"word": word})
    try:
        if request.POST.get("action") == "publish":
            flows.publish(case=case, by=moderator(request), version=case.version, now=now)
        else:
            flows.mark_spam(case=case, by=moderator(request), version=case.version, now=now)
    except (Conflict, NotAllowed):
        return render(request, "moderation/link_is_old.html", status=409)
    messages.success(request, "Decided. It can be undone for 30 days.")
    return see_other("/moderation/")
