"""Small changes before publishing: spelling, other people's names, telephone numbers. Never what somebody means."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tips.cases.models import Case, Conflict, NotAllowed, State
from tips.moderation import flows
from tips.moderation.forms import EditForm
from tips.moderation.responding import going_on, moderator, moderators_only, onwards
from tips.moderation.showing import conflict_context
from tips.moderation.subjects import Subject, subject
from tips.moderation.views import find_case
from tips.outcomes import wording
from tips.text.differences import differences
from tips.text.personal import personal

TAKEN_OUT = "[taken out]"
EDITABLE = (State.WAITING, State.CHANGES_ASKED)


@moderators_only
@require_http_methods(["GET", "HEAD", "POST"])
def edit_page(request: HttpRequest, pk: int) -> HttpResponse:
    case = find_case(pk)
    about = subject(case)
    if request.method != "POST":
        return _page(request, case, about, _form(about, initial={**_words(about), "version": case.version}))
    action = request.POST.get("action", "")
    if action == "redact":
        posted = request.POST.copy()
        for name, words in _words(about).items():
            posted[name] = redacted(posted.get(name, words))
        return _page(request, case, about, _form(about, data=posted))
    form = _form(about, data=request.POST)
    if not form.is_valid() or action != "publish":
        return _page(request, case, about, form, status=200 if form.is_valid() else 422)
    try:
        _publish(request, case, form)
    except (Conflict, NotAllowed):
        said = {"action": "edit", "note": form.cleaned_data["note"]}
        return render(request, "moderation/conflict.html", conflict_context(pk, said), status=409)
    messages.success(request, "Published with your changes. It can be undone for 30 days.")
    return onwards(request)


def _form(about: Subject, **given: Any) -> EditForm:
    return EditForm(**given, has_title=not about.comment, pieces=about.pieces)


def _words(about: Subject) -> dict[str, str]:
    """As they wait, by the names of the form."""
    named = {} if about.comment else {"title": about.title}
    return {**named, "source": about.source, **{each.name: each.words for each in about.pieces}}


def redacted(text: str) -> str:
    """Without the personal details that are noticed."""
    for hint in reversed(personal(text)):
        text = f"{text[: hint.start]}{TAKEN_OUT}{text[hint.end :]}"
    return text


def _publish(request: HttpRequest, case: Case, form: EditForm) -> None:
    said = form.cleaned_data
    if case.state not in EDITABLE:
        raise NotAllowed(case.state)
    flows.edit_and_publish(
        case=case,
        title=said.get("title", ""),
        source=said["source"],
        besides=form.besides,
        note=said["note"],
        by=moderator(request),
        version=said["version"],
        now=timezone.now(),
    )


def _page(request: HttpRequest, case: Case, about: Subject, form: EditForm, *, status: int = 200) -> HttpResponse:
    """With the difference as its author will see it, once something was typed."""
    before, after = about.everything, _as_typed(about, form.data) if form.is_bound else about.everything
    context = {
        "case": case,
        "about": about,
        "form": form,
        "hints": personal(after),
        "changed": differences(before, after) if form.is_bound else None,
        **going_on(request, case),
    }
    return render(request, "moderation/edit.html", context, status=status)


def _as_typed(about: Subject, data: Mapping[str, str]) -> str:
    """`Subject.everything`, in the words of the form."""
    source = data.get("source", "")
    pieces = [replace(each, words=data.get(each.name, each.words)) for each in about.pieces]
    text = source if about.comment else wording.as_text(data.get("title", ""), source, pieces)
    return text.replace("\r\n", "\n")
