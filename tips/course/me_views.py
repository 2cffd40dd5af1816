"""The learner's own page. A code from a lesson opens it; a sealed cookie keeps it open for twenty minutes."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.pseudonym import pseudonym
from tips.course import capabilities, doing, exporting, standing
from tips.course.forms import LearnerForm, PauseForm, PlanForm, SelfCheckForm
from tips.course.models import Enrolment
from tips.guard import buckets, passes, taking
from tips.guard.origin import refuse_foreign
from tips.text.markup import safe

NAME = "course"
PAGE = "/course/me/"
DONE = {
    "plan": "Your plan is changed.",
    "pause": "The lessons are put away.",
    "resume": "The lessons go on.",
    "now": "The next lesson is on its way. Please look at your mail.",
    "skip": "That lesson is left out. You can read it here.",
    "restart": "You begin again. The first lesson is on its way.",
    "again": "The lesson is on its way to you once more.",
    "letters": "Your wish about letters is kept.",
    "new": "Your wish about new lessons is kept.",
}
NOT_DONE = {
    "now": "Not yet: leave half a day between two lessons, and take three in a row at most.",
    "restart": "Not yet: please leave half a day after the last lesson.",
    "again": "That makes three for today. Please come back tomorrow, or read it here.",
    "skip": "There is no lesson left to leave out.",
}
NOTHING_DONE = "That did not fit any more. How your course stands now is below."

to_read = require_http_methods(["GET", "HEAD"])
to_fill_in = require_http_methods(["GET", "HEAD", "POST"])


@to_fill_in
@csrf_exempt
@never_cache
def me(request: HttpRequest) -> HttpResponse:
    learner = _learner(request)
    if request.method != "POST":
        return _progress(request, learner) if learner else _door(request, LearnerForm())
    refuse_foreign(request)
    if learner and "action" in request.POST:
        return _do(request, learner)
    return _open(request)


def _learner(request: HttpRequest) -> Enrolment | None:
    now = timezone.now()
    code = passes.holder(request, NAME, now=now)
    return capabilities.find(code, capabilities.Purpose.LEARNER, now=now) if code else None


def _door(request: HttpRequest, form: LearnerForm, *, status: int = 200) -> HttpResponse:
    return render(request, "course/me.html", {"form": form}, status=status)


def _open(request: HttpRequest) -> HttpResponse:
    form = LearnerForm(request.POST)
    valid = form.is_valid()
    wait = buckets.take("code", pseudonym(request), now=form.now)
    if wait:
        form.add_error(None, f"Too many codes were tried from your connection. Please wait {taking.in_words(wait)}.")
        return taking.Refused(429, wait).answer(request, "course/me.html", {"form": form})
    if not valid:
        return _door(request, form, status=422)
    code = form.cleaned_data["code"]
    if capabilities.find(code, capabilities.Purpose.LEARNER, now=form.now) is None:
        form.add_error("code", "No course opens with this code. Please copy it once more from your newest lesson.")
        return _door(request, form, status=422)
    return _kept_open(_see_other(PAGE), code)


def _kept_open(response: HttpResponse, code: str) -> HttpResponse:
    passes.grant(response, NAME, code, now=timezone.now())
    return response


def _progress(request: HttpRequest, learner: Enrolment, *, status: int = 200, **forms: Any) -> HttpResponse:
    now = timezone.now()
    shown = standing.standing(learner, now)
    said = {"done": DONE.get(request.GET.get("done", ""), ""), "refused": _refused(request)}
    context = {"now": shown, "plan": PlanForm.of(learner), "pause": PauseForm(), **said, **forms}
    response = render(request, "course/progress.html", context, status=status)
    return _kept_open(response, passes.holder(request, NAME, now=now))


def _refused(request: HttpRequest) -> str:
    """Why the button that was pressed last changed nothing; empty where it did."""
    return NOT_DONE.get(request.GET["not"], NOTHING_DONE) if "not" in request.GET else ""


def _do(request: HttpRequest, learner: Enrolment) -> HttpResponse:
    """Invalid forms come back as they were filled in; everything else leads on."""
    try:
        place = doing.do(request.POST["action"], learner, request.POST, now=timezone.now())
    except doing.Invalid as invalid:
        form = invalid.form
        name = "plan" if isinstance(form, PlanForm) else "pause"
        return _progress(request, learner, status=422, form=form, **{name: form})
    response = _see_other(place)
    if place in {doing.LEFT, doing.ERASED}:
        passes.end(response, NAME)
    return response


@to_fill_in
@csrf_exempt
@never_cache
def lesson(request: HttpRequest, slug: str) -> HttpResponse:
    learner = _learner(request)
    if learner is None:
        return _see_other(PAGE)
    found = standing.readable(learner, slug)
    if found is None:
        raise Http404
    revision = found.latest
    if request.method == "POST":
        refuse_foreign(request)
    answers = request.POST if request.method == "POST" else None  # without a choice a browser sends nothing at all
    form = SelfCheckForm(revision, answers) if revision.selfcheck.get("options") else None
    answered = form is not None and form.is_valid()
    context = {
        "lesson": found,
        "revision": revision,
        "html": safe(revision.html),
        "form": form,
        "chosen": form.chosen if form and answered else None,
        "about": exporting.page_about(revision.html),
    }
    status = 422 if request.method == "POST" and not answered else 200
    return render(request, "course/lesson.html", context, status=status)


@to_read
@never_cache
def export(request: HttpRequest) -> HttpResponse:
    learner = _learner(request)
    if learner is None:
        return _see_other(PAGE)
    response = JsonResponse(exporting.everything(learner), json_dumps_params={"indent": 2, "ensure_ascii": False})
    response["Content-Disposition"] = 'attachment; filename="my-course.json"'
    return response


@to_read
@never_cache
def everything(request: HttpRequest) -> HttpResponse:
    learner = _learner(request)
    if learner is None:
        return _see_other(PAGE)
    return render(request, "course/everything.html", {"kept": exporting.in_words(learner)})


@to_read
def gentle(request: HttpRequest) -> HttpResponse:
    return render(request, "course/gentle.html")


@to_read
def erased(request: HttpRequest) -> HttpResponse:
    return render(request, "course/erased.html")


@to_read
def left(request: HttpRequest) -> HttpResponse:
    return render(request, "course/left.html", {"by_page": True})


def _see_other(address: str) -> HttpResponse:
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response
