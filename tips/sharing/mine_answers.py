"""An author mends what was ticked, counted and filled in besides the words (docs/adr/0049)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse

from tips.outcomes.answers import Answers
from tips.pages.models import Page
from tips.receipts.models import Receipt
from tips.sharing import mine_edits, mine_pressing
from tips.sharing.answering import Answering, asked_of, facts_of
from tips.sharing.mine_edits import Version
from tips.sharing.mine_session import Opened


class AnswersForm(Answering):
    """What the form at /share/ asks for this kind of page, without its words."""

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        asked = asked_of(kind)
        self.fields = {name: field for name, field in self.fields.items() if name in asked}

    @property
    def of_kind(self) -> str:
        return self.kind

    @property
    def answers(self) -> Answers:
        said = self.cleaned_data
        return {
            "place": said["place"],
            "areas": sorted(said["areas"]),
            "about": sorted(set(said["about"])),
            "outcome": self.outcome,
        }


def _answered(version: Version) -> dict[str, Any]:
    """As the form has it."""
    facts = {**version.facts, "steps": "\n".join(version.facts.get("steps", []))}
    return {**facts, **version.answers, **version.answers["outcome"]}


@transaction.atomic
def change_answers(*, receipt: Receipt, facts: Mapping[str, Any], answers: Answers, now: datetime) -> mine_edits.Result:
    """`facts` are all those that a page of its kind is asked for, as far as they were answered. Raises NotNow."""
    page = mine_edits.locked(receipt)
    before = mine_edits.newest_version(page)
    asked = facts_of(page.kind)
    rest = {name: value for name, value in before.facts.items() if name not in asked}
    after = replace(before, facts={**rest, **facts}, answers={**before.answers, **answers})
    return mine_edits.put(page, receipt, before, after, now)


def ask(request: HttpRequest, opened: Opened, now: datetime) -> HttpResponse:
    page = page_of(opened)
    form = AnswersForm(kind=page.kind, initial=_answered(mine_edits.newest_version(page)))
    return mine_pressing.fill_in(request, form, "answers", now)


def save(request: HttpRequest, opened: Opened, now: datetime) -> HttpResponse:
    form = AnswersForm(request.POST, kind=page_of(opened).kind)
    if not form.is_valid():
        return mine_pressing.fill_in(request, form, "answers", now)
    said = {"facts": form.facts, "answers": form.answers}
    return mine_pressing.changed(request, opened, now, lambda: change_answers(receipt=opened.receipt, **said, now=now))


def page_of(opened: Opened) -> Page:
    """A reply has no answers."""
    if opened.receipt.page is None:
        raise Http404
    return opened.receipt.page
