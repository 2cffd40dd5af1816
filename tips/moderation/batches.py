"""Many at once, for spam only: chosen, looked at, then marked; and all of them back with one press."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.models import User
from tips.cases.models import Case, Conflict, NotAllowed
from tips.moderation import flows
from tips.moderation.folding import behind
from tips.moderation.queueing import Row, rows
from tips.moderation.responding import QUEUE, moderator, moderators_only, see_other
from tips.moderation.undoing import undo_batch

MOST = 200  # at once: more cannot be looked at

Chosen = Sequence[tuple[int, int]]  # number and version of a case


def spam_many(*, chosen: Chosen, by: User | None, now: datetime) -> tuple[str, int]:
    """Name of the batch, and how many it marked: what changed meanwhile, or may be somebody in need, is left alone."""
    batch, marked = secrets.token_hex(8), 0
    cases = {case.pk: case for case in Case.objects.to_be_shown().filter(pk__in=[pk for pk, _ in chosen])}
    for pk, version in chosen:
        if pk in cases and Row(cases[pk], "", "", "", "", (), 0).may_be_spam:
            try:
                flows.mark_spam(case=cases[pk], by=by, version=version, now=now, batch=batch)
                marked += 1
            except (Conflict, NotAllowed):
                continue
    return batch, marked


@moderators_only
@require_POST
def spam(request: HttpRequest) -> HttpResponse:
    """First press: a list of what was chosen, with what is nearly the same. Second press: done."""
    chosen = _chosen(request.POST.getlist("case"))
    if "sure" not in request.POST:
        ticked = [pk for pk, _ in chosen]
        found = Case.objects.waiting().to_be_shown().filter(pk__in=[*ticked, *behind(ticked)])
        shown = [row for row in rows(found, now=timezone.now(), most=MOST) if row.may_be_spam]
        return render(request, "moderation/spam.html", {"rows": shown}, status=200 if shown else 422)
    batch, marked = spam_many(chosen=chosen, by=moderator(request), now=timezone.now())
    messages.success(request, f"{marked} marked as spam.", extra_tags=f"batch {batch}")
    return see_other(QUEUE)


def _chosen(typed: Sequence[str]) -> Chosen:
    """ "12.1": case 12 as it was at version 1. Anything else is left out."""
    pairs = [each.split(".") for each in typed]
    return [(int(pair[0]), int(pair[1])) for pair in pairs if len(pair) == 2 and all(map(str.isdecimal, pair))]


@moderators_only
@require_POST
def undo(request: HttpRequest, batch: str) -> HttpResponse:
    undone, left = undo_batch(batch=batch, by=moderator(request), now=timezone.now())
    if undone:
        messages.success(request, f"{undone} taken back: they wait again.{f' {left} had changed.' if left else ''}")
    else:
        messages.error(request, "There was nothing to take back any more.")
    return see_other(QUEUE)
