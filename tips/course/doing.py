"""The buttons of the learner's page, by the word that each sends, and where each leads."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django import forms
from django.db import transaction
from django.http import QueryDict

from tips.course import flows, progress, wishes
from tips.course.forms import LONGEST_PAUSE, PauseForm, PlanForm
from tips.course.models import Enrolment, Lesson

PAGE = "/course/me/"
GENTLE = "/course/gentle/"
ERASED = "/course/erased/"
LEFT = "/course/left/"


@dataclass
class Invalid(Exception):
    """The form has to be shown again."""

    form: forms.Form


@dataclass(frozen=True)
class Wish:
    learner: Enrolment
    said: QueryDict
    now: datetime


def do(action: str, learner: Enrolment, said: QueryDict, *, now: datetime) -> str:
    """Where to go next; an unknown word changes nothing. Raises Invalid."""
    act = ACTIONS.get(action)
    return act(Wish(learner, said, now)) if act else PAGE


def _answer(done: bool, yes: str) -> str:
    return f"{PAGE}?{'done' if done else 'not'}={yes}"


def _plan(wish: Wish) -> str:
    form = PlanForm(wish.said)
    if not form.is_valid():
        raise Invalid(form)
    return _answer(wishes.change_plan(wish.learner, now=wish.now, **form.plan), "plan")


def _pause(wish: Wish) -> str:
    form = PauseForm(wish.said)
    if form.is_valid() and form.cleaned_data["until"]:
        ahead = form.cleaned_data["until"] - wish.now.date()
        if not timedelta(0) < ahead <= LONGEST_PAUSE:
            form.add_error("until", "Please choose a day between tomorrow and six months from now.")
    if not form.is_valid():
        raise Invalid(form)
    return _answer(wishes.pause(wish.learner, until=form.cleaned_data["until"]), "pause")


def _flare_up(wish: Wish) -> str:
    """Nothing is kept of the reason."""
    wishes.pause(wish.learner, until=(wish.now + wishes.FLARE_UP).date())
    return GENTLE


def _again(wish: Wish) -> str:
    lesson = Lesson.objects.published().filter(slug=wish.said.get("lesson", "")).first()
    return _answer(bool(lesson and wishes.send_again(wish.learner, lesson, now=wish.now)), "again")


def _letters(wish: Wish) -> str:
    flow = flows.start_letters if wish.said.get("wanted") else flows.stop_letters
    return _answer(flow(wish.learner, place=PAGE, now=wish.now), "letters")


def _leave(wish: Wish) -> str:
    with transaction.atomic():
        flows.leave_course(wish.learner, place=PAGE, now=wish.now)
    return LEFT


def _erase(wish: Wish) -> str:
    flows.erase(wish.learner, now=wish.now)
    return ERASED


ACTIONS: Mapping[str, Callable[[Wish], str]] = {
    "plan": _plan,
    "pause": _pause,
    "flare-up": _flare_up,
    "resume": lambda wish: _answer(progress.resume(wish.learner, now=wish.now), "resume"),
    "now": lambda wish: _answer(wishes.next_one_now(wish.learner, now=wish.now), "now"),
    "skip": lambda wish: _answer(wishes.skip(wish.learner, now=wish.now), "skip"),
    "restart": lambda wish: _answer(wishes.restart(wish.learner, now=wish.now), "restart"),
    "again": _again,
    "letters": _letters,
    "new": lambda wish: _answer(wishes.want_new(wish.learner, wanted=bool(wish.said.get("wanted"))), "new"),
    "leave": _leave,
    "erase": _erase,
}
