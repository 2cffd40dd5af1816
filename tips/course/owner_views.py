"""The owner's side of the course: who is where, the lessons, and letters to the list."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.roles import can_run_the_site
from tips.course import announcing, contents, editing, progress
from tips.course.counts import counts
from tips.course.models import Announcement, Lesson
from tips.course.owner_forms import AnnouncementForm, LessonForm, ScheduleForm
from tips.guard.doors import only
from tips.practice.current import site
from tips.text.markup import safe

owners_only = only(can_run_the_site)
View = Callable[..., HttpResponse]
to_read = require_http_methods(["GET", "HEAD"])
to_fill_in = require_http_methods(["GET", "HEAD", "POST"])


def in_the_owners_time(view: View) -> View:
    """Times are read and shown where the owner is."""

    @wraps(view)
    def timed(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        with timezone.override(site().time_zone):
            return view(request, *args, **kwargs)

    return timed


@owners_only
@in_the_owners_time
@to_read
def overview(request: HttpRequest) -> HttpResponse:
    context = {"counts": counts(), "letters": Announcement.objects.all()[:20]}
    return render(request, "course/desk.html", context)


@owners_only
@to_fill_in
def new_lesson(request: HttpRequest) -> HttpResponse:
    form = LessonForm(request.POST or None)
    return _lesson(request, form, None)


@owners_only
@to_fill_in
def edit_lesson(request: HttpRequest, pk: int) -> HttpResponse:
    lesson = get_object_or_404(Lesson, pk=pk)
    if request.method != "POST":
        earlier = lesson.revisions.filter(number__in=_numbers(request.GET.get("revision", ""))).first()
        return _lesson_page(request, LessonForm.of(earlier or lesson.latest), lesson, shown=earlier, earlier=earlier)
    move = request.POST.get("action", "")
    if move in MOVES:
        MOVES[move](lesson)
        messages.success(request, "Done.")
        return _see_other("desk_course")
    return _lesson(request, LessonForm(request.POST), lesson)


def _numbers(text: str) -> list[int]:
    return [int(text)] if text.isdecimal() and len(text) < 5 else []


MOVES = {
    "earlier": lambda lesson: editing.swap(lesson, earlier=True),
    "later": lambda lesson: editing.swap(lesson, earlier=False),
    "hide": lambda lesson: editing.show(lesson, published=False),
    "show": lambda lesson: editing.show(lesson, published=True),
}


def _lesson(request: HttpRequest, form: LessonForm, lesson: Lesson | None) -> HttpResponse:
    if request.method != "POST":
        return _lesson_page(request, form, lesson)
    if not form.is_valid():
        return _lesson_page(request, form, lesson, status=422)
    action, now = request.POST.get("action"), timezone.now()
    if action in {"preview", "try"}:
        if action == "try":
            _try(request, {**form.said, "number": _number(lesson), "total": _total(lesson)}, now)
        return _lesson_page(request, form, lesson, shown=editing.unsaved(form.said))
    editing.write_lesson(said=form.said, lesson=lesson, now=now)
    messages.success(request, "Saved. Whoever gets this lesson from now on reads it like this.")
    return _see_other("desk_course")


def _lesson_page(request: HttpRequest, form: LessonForm, lesson: Lesson | None, **more: Any) -> HttpResponse:
    status = more.pop("status", 200)
    context: dict[str, Any] = {"form": form, "lesson": lesson, **more}
    if shown := more.get("shown"):
        letter = contents.lesson(progress.LESSON, shown, _number(lesson), _total(lesson))
        context.update(html=safe(shown.html), text=letter.text, words=len(shown.source.split()))
        context["options"] = shown.selfcheck.get("options", [])
    if lesson:
        context["revisions"] = lesson.revisions.order_by("-number")
    return render(request, "course/desk_lesson.html", context, status=status)


def _number(lesson: Lesson | None) -> int:
    published = Lesson.objects.published()
    return published.filter(position__lte=lesson.position).count() if lesson else published.count() + 1


def _total(lesson: Lesson | None) -> int:
    return Lesson.objects.published().count() + (lesson is None)


@owners_only
@in_the_owners_time
@to_fill_in
def new_letter(request: HttpRequest) -> HttpResponse:
    return _letter(request, None)


@owners_only
@in_the_owners_time
@to_fill_in
def edit_letter(request: HttpRequest, pk: int) -> HttpResponse:
    announcement = get_object_or_404(Announcement, pk=pk)
    if request.method == "POST" and request.POST.get("action") == "stop":
        announcing.stop(announcement)
        return _see_other("desk_letter", pk)
    if request.method == "POST" and announcement.state == Announcement.State.DRAFT:
        return _letter(request, announcement)
    return _letter_page(request, AnnouncementForm.of(announcement), ScheduleForm.of(announcement), announcement)


def _letter(request: HttpRequest, announcement: Announcement | None) -> HttpResponse:
    """Every button saves first, so that nothing that was typed is lost."""
    if request.method != "POST":
        return _letter_page(request, AnnouncementForm.of(announcement), ScheduleForm.of(announcement), announcement)
    form, when = AnnouncementForm(request.POST), ScheduleForm(request.POST)
    if not (form.is_valid() and when.is_valid()):
        return _letter_page(request, form, when, announcement, status=422)
    now, action, due = timezone.now(), request.POST.get("action"), when.cleaned_data["due"]
    saved = announcing.write(announcement=announcement, today=timezone.localdate(now), due=due, **form.cleaned_data)
    if action == "try":
        _try(request, form.cleaned_data, now)
    elif action == "send":
        announcing.schedule(saved, due=due or now)
    return _see_other("desk_letter", saved.pk)


def _letter_page(
    request: HttpRequest,
    form: AnnouncementForm,
    when: ScheduleForm,
    announcement: Announcement | None,
    *,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "when": when, "announcement": announcement, "counts": counts()}
    if announcement:
        letter = contents.announcement(announcing.LETTER, announcement.subject, announcement.html)
        context.update(html=safe(announcement.html), text=letter.text)
    return render(request, "course/desk_letter.html", context, status=status)


def _try(request: HttpRequest, said: dict[str, Any], now: datetime) -> None:
    to = site().notify
    if to:
        editing.send_trial(to=to, said=said, now=now)
        messages.success(request, f"A copy is on its way to {to}.")
    else:
        messages.error(
            request, "Please enter your own address first, under “About you and your practice” on your desk."
        )


def _see_other(name: str, *args: object) -> HttpResponse:
    response = HttpResponseRedirect(reverse(name, args=args))
    response.status_code = 303
    return response
