"""Join the course, confirm it, leave it. No address tells whether somebody is enrolled."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from tips.course import asked, capabilities, flows, leaving
from tips.course.forms import JoinForm
from tips.course.models import Lesson
from tips.guard import taking
from tips.guard.origin import refuse_foreign

to_read = require_http_methods(["GET", "HEAD"])
to_fill_in = require_http_methods(["GET", "HEAD", "POST"])


@to_fill_in
@csrf_exempt
@never_cache
def join(request: HttpRequest) -> HttpResponse:
    context: dict[str, Any] = {"lessons": Lesson.objects.outline()}
    if request.method != "POST":
        return render(request, "course/join.html", {"form": JoinForm(), **context})
    form = JoinForm(request.POST)
    try:
        taking.take(request, form, kind="course", now=form.now, act=lambda: _request(form))
    except taking.Refused as refused:
        return refused.answer(request, "course/join.html", {"form": form, **context})
    response = _see_other("course_check_mail")
    asked.remember(response, form.cleaned_data["email"], now=form.now)
    return response


def _request(form: JoinForm) -> dict[str, Any]:
    said = form.cleaned_data
    flows.request(email=said["email"], place="/course/", letters=said["letters"], now=form.now)
    return {}


@to_read
def check_mail(request: HttpRequest) -> HttpResponse:
    return render(request, "course/check_mail.html")


@to_fill_in
@csrf_exempt
@never_cache
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Looking at it, by however many programs, confirms nothing.

    Only in the browser that asked does the page press its own button: a program that opens mails has no such cookie.
    """
    now = timezone.now()
    if request.method == "POST":
        refuse_foreign(request)
        if flows.confirm(token=token, now=now, zone=request.POST.get("zone", "")):
            return _see_other("course_confirmed")
    elif found := capabilities.held(token, capabilities.Purpose.CONFIRM, now=now):
        context = {"letters": found.letters, "known": asked.here(request, found.enrolment, now=now)}
        return render(request, "course/confirm.html", context)
    return render(request, "course/spent.html")


@to_read
def confirmed(request: HttpRequest) -> HttpResponse:
    return render(request, "course/confirmed.html")


@to_fill_in
@csrf_exempt
@never_cache
def leave(request: HttpRequest, word: str) -> HttpResponse:
    """One-click unsubscribing (RFC 8058): mail programs POST here. The word alone decides; the answer is always 200."""
    way = leaving.read(word)
    context = {"letters": way is not None and way.what == leaving.LETTERS}
    if request.method != "POST":
        return render(request, "course/leave.html", context)
    flows.leave(word=word, now=timezone.now())
    return render(request, "course/left.html", context)


def _see_other(name: str) -> HttpResponse:
    response = HttpResponseRedirect(reverse(name))
    response.status_code = 303
    return response
