"""Join the course, confirm it, look at one's own, leave it. No address tells whether somebody is enrolled."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.pseudonym import pseudonym
from tips.course import capabilities, flows, leaving
from tips.course.forms import JoinForm, LearnerForm
from tips.course.models import ENROLLED, Enrolment, Lesson, LessonSent
from tips.guard import buckets, taking
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
    return _see_other("course_check_mail")


def _request(form: JoinForm) -> dict[str, Any]:
    flows.request(email=form.cleaned_data["email"], place="/course/", now=form.now)
    return {}


@to_read
def check_mail(request: HttpRequest) -> HttpResponse:
    return render(request, "course/check_mail.html")


@to_fill_in
@csrf_exempt
@never_cache
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Looking at it, by however many programs, confirms nothing."""
    now = timezone.now()
    if request.method == "POST":
        refuse_foreign(request)
        if flows.confirm(token=token, now=now):
            return _see_other("course_confirmed")
    elif capabilities.find(token, capabilities.Purpose.CONFIRM, now=now):
        return render(request, "course/confirm.html")
    return render(request, "course/spent.html")


@to_read
def confirmed(request: HttpRequest) -> HttpResponse:
    return render(request, "course/confirmed.html")


@to_fill_in
@csrf_exempt
@never_cache
def leave(request: HttpRequest, word: str) -> HttpResponse:
    """One-click unsubscribing (RFC 8058): mail programs POST here. The word alone decides; the answer is always 200."""
    if request.method != "POST":
        return render(request, "course/leave.html")
    flows.leave(word=word, now=timezone.now())
    return render(request, "course/left.html")


@to_fill_in
@csrf_exempt
@never_cache
def me(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, "course/me.html", {"form": LearnerForm()})
    refuse_foreign(request)
    form = LearnerForm(request.POST)
    valid = form.is_valid()
    wait = buckets.take("code", pseudonym(request), now=form.now)
    if wait:
        form.add_error(None, f"Too many codes were tried from your connection. Please wait {taking.in_words(wait)}.")
        return taking.Refused(429, wait).answer(request, "course/me.html", {"form": form})
    enrolment = _learner(form) if valid else None
    if enrolment is None:
        return render(request, "course/me.html", {"form": form}, status=422)
    return render(request, "course/progress.html", _progress(enrolment))


def _learner(form: LearnerForm) -> Enrolment | None:
    found = capabilities.find(form.cleaned_data["code"], capabilities.Purpose.LEARNER, now=form.now)
    if found is None:
        form.add_error("code", "No course opens with this code. Please copy it once more from your newest lesson.")
    return found


def _progress(enrolment: Enrolment) -> dict[str, Any]:
    sent = LessonSent.objects.filter(enrolment=enrolment, run=enrolment.run, accepted_on__isnull=False)
    days = dict(sent.values_list("lesson_id", "accepted_on"))
    lessons = [{"title": title, "sent_on": days.get(pk)} for pk, title in Lesson.objects.outline()]
    return {"lessons": lessons, "enrolled": enrolment.state in ENROLLED, "word": leaving.word(enrolment.pk)}


def _see_other(name: str) -> HttpResponse:
    response = HttpResponseRedirect(reverse(name))
    response.status_code = 303
    return response
