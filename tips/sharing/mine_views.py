"""Come back to what was sent, with its private code, and do with it whatever its author may do."""

import logging
from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.pseudonym import pseudonym
from tips.guard import buckets, taking
from tips.guard.origin import refuse_foreign
from tips.receipts import replies
from tips.sharing import mine_session
from tips.sharing.mine_forms import CodeForm
from tips.sharing.mine_session import Opened
from tips.sharing.mine_verbs import FORMS, VERBS, show

logger = logging.getLogger(__name__)
anonymous_form = require_http_methods(["GET", "HEAD", "POST"])
UNKNOWN = (
    "No page opens with this code. Please check it letter by letter. "
    "If you asked for a new code, the old one no longer works."
)
WITH_WORDS = {"save", "answer", "describe", "add", "objection"}  # what is typed there must outlast the twenty minutes
NOT_CARRIED = {"form_token", "website", "code"}


@anonymous_form
@csrf_exempt
@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    opened = mine_session.recall(request, now=now)
    if request.method != "POST":
        return _look(request, opened, now) if opened else _closed(request, now)
    refuse_foreign(request)
    form = CodeForm(request.POST, is_open=opened is not None, now=now)
    if request.POST.get("code"):
        wait = buckets.take("code", pseudonym(request), now=now)
        if wait:
            return _locked(request, form, wait)
        opened = mine_session.open_with(request.POST["code"])
    if not form.is_valid() or opened is None:
        return _refused(request, form, now)
    response = _press(request, opened, now)
    if mine_session.cookie_name() not in response.cookies:
        mine_session.remember(response, opened.code, now=now)
    return response


def _look(request: HttpRequest, opened: Opened, now: datetime) -> HttpResponse:
    """How it stands, or one of the forms. What was said of the last press is said once."""
    response = FORMS.get(request.GET.get("show", ""), show)(request, opened, now)
    if opened.said:
        mine_session.remember(response, opened.code, now=now)
    return response


def _closed(request: HttpRequest, now: datetime) -> HttpResponse:
    said = mine_session.said_on_leaving(request, now=now)
    if said == "erased":
        response = render(request, "sharing/mine_erased.html")
    else:
        response = _ask(request, CodeForm(now=now), status=200, closed=said == "closed")
    if said:
        mine_session.forget(response)
    return response


def _press(request: HttpRequest, opened: Opened, now: datetime) -> HttpResponse:
    action = request.POST.get("action", "")
    if action in FORMS:
        return HttpResponseRedirect(f"/mine/?show={action}", status=303)
    return VERBS.get(action, show)(request, opened, now)


def _ask(request: HttpRequest, form: CodeForm, *, status: int, closed: bool = False) -> HttpResponse:
    """Words that were typed while the page closed are carried along, and kept when the code is given again."""
    carried = []
    if request.POST.get("action") in WITH_WORDS:
        carried = [(name, text) for name, said in request.POST.lists() if name not in NOT_CARRIED for text in said]
    return render(request, "sharing/mine.html", {"form": form, "carried": carried, "closed": closed}, status=status)


def _refused(request: HttpRequest, form: CodeForm, now: datetime) -> HttpResponse:
    """One answer for codes that are wrong, changed, erased or none at all. Many of them in an hour are an alarm."""
    if not form.errors:
        form.add_error("code", UNKNOWN)
        if buckets.take("wrong-code", "everybody", now=now):
            logger.warning("many wrong private codes: somebody may be trying them out")
    return _ask(request, form, status=422)


def _locked(request: HttpRequest, form: CodeForm, wait: int) -> HttpResponse:
    form.is_valid()
    form.add_error(None, f"Too many codes were tried from your connection. Please wait {taking.in_words(wait)}.")
    return taking.Refused(429, wait).answer(request, "sharing/mine.html", {"form": form})


@anonymous_form
@csrf_exempt
@never_cache
def confirm_replies(request: HttpRequest, token: str) -> HttpResponse:
    """Looking at it, by however many programs, confirms nothing."""
    today = timezone.localdate()
    state = "spent"
    if request.method == "POST":
        refuse_foreign(request)
        state = "confirmed" if replies.confirm(token=token, today=today) else "spent"
    elif replies.find_unconfirmed(token, today=today):
        state = "ask"
    return render(request, "sharing/replies.html", {"state": state})


@anonymous_form
@csrf_exempt
@never_cache
def stop_replies(request: HttpRequest, word: str) -> HttpResponse:
    """One-click unsubscribing (RFC 8058): mail programs POST here. The word alone decides; the answer is always 200."""
    if request.method != "POST":
        return render(request, "sharing/replies.html", {"state": "leave"})
    replies.stop_by_word(word)
    return render(request, "sharing/replies.html", {"state": "left"})
