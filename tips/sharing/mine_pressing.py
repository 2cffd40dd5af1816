"""How a press of an author is answered: by a form to fill in, by what was wrong, or by a way back to how it stands."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from tips.sharing import mine_session
from tips.sharing.mine_edits import NotNow, Result
from tips.sharing.mine_forms import CodeForm
from tips.sharing.mine_session import Opened
from tips.sharing.mine_standing import standing

Verb = Callable[[HttpRequest, Opened, datetime], HttpResponse]
SAID = {
    Result.LIVE: "Your change is on the site.",
    Result.WAITS: "Your change is kept, and waits to be read.",
    Result.SAME: "Nothing has changed.",
}
NOT_NOW = "This can no longer be changed. You can write to us about it, or take it down."


def done(code: str, now: datetime, said: str = "") -> HttpResponse:
    """Back to how it stands, with a sentence about what was done; without `code` nothing stays open."""
    response = HttpResponseRedirect("/mine/", status=303)
    mine_session.remember(response, code, now=now, said=said)
    return response


def fill_in(request: HttpRequest, form: forms.Form, what: str, now: datetime, **more: Any) -> HttpResponse:
    context = {"form": form, "guard": CodeForm(now=now), "what": what, **more}
    return render(request, "sharing/mine_form.html", context, status=422 if form.is_bound else 200)


def changed(request: HttpRequest, opened: Opened, now: datetime, change: Callable[[], Result]) -> HttpResponse:
    try:
        result = change()
    except NotNow:
        return standing(request, opened, now=now, wrong=NOT_NOW, status=409)
    return done(opened.code, now, SAID[result])
