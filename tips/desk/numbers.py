"""The five numbers of the desk's first page: one query each."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.urls import reverse

from tips.cases.models import Case, Kind
from tips.contact.models import Message
from tips.course.models import ENROLLED, Enrolment
from tips.mail.models import Delivery
from tips.pages.models import OWNER_KINDS, Page, Visibility


@dataclass(frozen=True)
class Number:
    count: int
    words: str
    address: str  # where the owner does something about it; empty where there is nothing to do by hand


def numbers(today: date) -> list[Number]:
    waiting = Case.objects.waiting()
    overdue = Page.objects.published().of_kind(*OWNER_KINDS).filter(next_review_on__lte=today)
    due = f"{_admin(Page)}?next_review_on__lte={today.isoformat()}&visibility={Visibility.PUBLISHED}"
    learners = Enrolment.objects.filter(state__in=ENROLLED)
    held = Delivery.objects.held()
    return [
        _number(waiting.to_be_shown(), "page or reply waits", "pages and replies wait", "/moderation/"),
        _number(waiting.filter(kind=Kind.MESSAGE), "message waits", "messages wait", _admin(Message)),
        _number(overdue, "page of yours wants another look", "pages of yours want another look", due),
        _number(held, "letter may not have arrived", "letters may not have arrived", reverse("letters")),
        _number(learners, "person is on the course", "people are on the course", _admin(Enrolment)),
    ]


def _number(rows: QuerySet[Any], one: str, many: str, address: str) -> Number:
    count = rows.count()
    return Number(count, one if count == 1 else many, address)


def _admin(kind: type[Model]) -> str:
    about = kind._meta
    return reverse(f"admin:{about.app_label}_{about.model_name}_changelist") if admin.site.is_registered(kind) else ""
