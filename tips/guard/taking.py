"""Take one filled-in anonymous form: once, within limits, and with every refusal saying what to do next."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, OperationalError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.pseudonym import pseudonym
from tips.guard import acknowledgements, buckets
from tips.guard.forms import GuardedForm
from tips.guard.origin import refuse_foreign

TRY_AGAIN_AFTER = 30  # seconds, when the disk is full or the database is locked
OTHER_BODY = (
    "This page was sent before with other words. What you see here has not been sent: "
    "please send it again if you mean it as a second one."
)
TOO_MANY = (
    "A lot has been sent from your connection in a short time. Nothing you wrote is lost: "
    "please wait {wait} and send it again."
)
NO_ROOM = (
    "We cannot store anything at this moment. Nothing you wrote is lost: please wait half a minute and send it again."
)
# A household or a ward may share a connection: beyond these it is only told (product page 4.3).
NEWCOMERS = {
    "share": "more than three pages from one connection today",
    "comment": "more than ten replies from one connection today",
}


@dataclass
class Refused(Exception):
    """Not taken. `answer()` shows the form again with the reason and everything typed."""

    status: int  # 422, 429 or 503
    retry_after: int = 0  # seconds

    def answer(self, request: HttpRequest, template: str, context: Mapping[str, Any]) -> HttpResponse:
        response = render(request, template, dict(context), status=self.status)
        if self.retry_after:
            response["Retry-After"] = str(self.retry_after)
        return response


@dataclass(frozen=True)
class Taken:
    nonce: str
    receipt: dict[str, Any]


def check(request: HttpRequest, form: GuardedForm) -> None:
    """Raises PermissionDenied for another site's form, Refused for an invalid one."""
    refuse_foreign(request)
    if not form.is_valid():
        raise Refused(422)


def take(
    request: HttpRequest,
    form: GuardedForm,
    *,
    kind: str,
    now: datetime,
    act: Callable[[], Mapping[str, Any]],
    prepare: Callable[[], None] = lambda: None,
    also: Mapping[str, Any] | None = None,
) -> Taken:
    """Run `act` in one transaction with the acknowledgement of this form; `act` returns the receipt (JSON values).

    `prepare` runs before, outside the transaction, and may raise Refused. `also` is what was sent besides the fields of
    the form, by which the same body is known again. The same form again gets the same receipt without running either.
    Raises what `check` raises, and Refused with 422 when it comes again with other words, 429 over the limit, 503 when
    nothing can be stored.
    """
    check(request, form)
    body = acknowledgements.body_digest({**form.cleaned_data, **(also or {})})
    try:
        known = acknowledgements.find(form.nonce, body)
        if known is None:
            _count(request, form, kind, now)
            prepare()
            known = _act_once(form.nonce, body, now, act)
    except acknowledgements.OtherBody:
        form.renew_token()
        form.add_error(None, OTHER_BODY)
        raise Refused(422) from None
    except (OperationalError, OSError) as error:
        form.add_error(None, NO_ROOM)
        raise Refused(503, TRY_AGAIN_AFTER) from error
    return Taken(form.nonce, known)


def _count(request: HttpRequest, form: GuardedForm, kind: str, now: datetime) -> None:
    who = pseudonym(request)
    wait = buckets.take(kind, who, now=now)
    if wait:
        form.add_error(None, TOO_MANY.format(wait=in_words(wait)))
        raise Refused(429, wait)
    if kind in NEWCOMERS and buckets.take(f"{kind}-a-day", who, now=now):
        form.noticed.append(NEWCOMERS[kind])


def _act_once(nonce: str, body: str, now: datetime, act: Callable[[], Mapping[str, Any]]) -> dict[str, Any]:
    try:
        with transaction.atomic():
            receipt = dict(act())
            acknowledgements.record(nonce, body, receipt, now=now)
            return receipt
    except IntegrityError:
        # The same form was taken by another request while this one ran.
        known = acknowledgements.find(nonce, body)
        if known is None:
            raise
        return known


def in_words(seconds: int) -> str:
    if seconds < 90:
        return f"{seconds} seconds"
    return f"{-(-seconds // 60)} minutes"
