"""Drafts of the forms here: kept while somebody writes, found again, forgotten. What a draft is: guard/drafts.py."""

import contextlib
from datetime import datetime

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts.pseudonym import pseudonym
from tips.guard import buckets, drafts, tokens
from tips.guard.drafts import Fields
from tips.guard.forms import GuardedForm
from tips.sharing import album

SHARE = "share"


class Full(Exception):
    """Many new drafts came from this connection; `args[0]` seconds to wait."""


def of_reply(slug: str) -> str:
    return f"comment:{slug}"


def typed(request: HttpRequest, form: GuardedForm) -> Fields:
    """What was sent of this form, and of its photos; nothing else is kept. A token that was renewed is the new one."""
    names = (*(name for name in form.fields if name not in ("website", "photos")), *album.FIELDS)
    said = {name: request.POST.getlist(name) for name in names if name in request.POST}
    return {**said, "form_token": [form.data.get("form_token", "")]}


def found(request: HttpRequest, name: str, *, now: datetime) -> Fields | None:
    return drafts.find(drafts.key_of(request), name, today=timezone.localdate(now))


def keep(request: HttpRequest, response: HttpResponse, name: str, fields: Fields, *, now: datetime) -> None:
    """Store what was typed, unless the writer wants no draft; the browser gets the key.

    Raises Full, and what `drafts.keep` raises.
    """
    if any(fields.get("keep_no_draft", [])):
        _drop(request, response)
        return
    today = timezone.localdate(now)
    key = drafts.key_of(request)
    if key is None or not drafts.exists(key, name, today=today):
        wait = buckets.take("draft", pseudonym(request), now=now)
        if wait:
            raise Full(wait)
    key = key or drafts.new_key()
    if drafts.keep(key, name, fields, nonce=_nonce(fields, name, now), today=today):
        drafts.hand_over(response, key)


def keep_if_possible(request: HttpRequest, response: HttpResponse, name: str, fields: Fields, *, now: datetime) -> None:
    """For answers that hold the words themselves: a draft is a comfort there, and its trouble is nobody's."""
    with contextlib.suppress(OperationalError, OSError, drafts.TooLarge, Full):
        keep(request, response, name, fields, now=now)


def forget(request: HttpRequest, response: HttpResponse, *, now: datetime) -> None:
    """Words, photos and the key."""
    begun = found(request, SHARE, now=now)
    if begun:
        album.forget(begun)
    _drop(request, response)


def forget_sent(request: HttpRequest, response: HttpResponse, nonce: str) -> None:
    """Once its receipt was shown. A receipt is worth more than tidiness: trouble here is left to the night."""
    with contextlib.suppress(OperationalError):
        key = drafts.key_of(request)
        if drafts.forget_sent(nonce) and key is not None and not drafts.any_of(key):
            drafts.take_back(response)


def _drop(request: HttpRequest, response: HttpResponse) -> None:
    key = drafts.key_of(request)
    if key is not None:
        drafts.forget(key)
        drafts.take_back(response)


def _nonce(fields: Fields, name: str, now: datetime) -> str:
    token = (fields.get("form_token") or [""])[-1]
    try:
        return tokens.read(token, form=name.partition(":")[0], now=now).nonce
    except tokens.BadToken:
        return ""
