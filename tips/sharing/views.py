"""Write a page or a reply, look at it as others will, send it, and come back to it with the private code."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.pseudonym import pseudonym
from tips.cases.models import State
from tips.comments.models import Comment
from tips.guard import acknowledgements, buckets, taking
from tips.guard.origin import refuse_foreign
from tips.outcomes.models import Outcome
from tips.outcomes.sentence import outcome_sentence
from tips.pages.models import Page
from tips.practice import care
from tips.receipts import store
from tips.receipts.codes import grouped
from tips.receipts.models import Receipt
from tips.safety.find import find
from tips.sharing import flows
from tips.sharing.forms import CodeForm, ReplyForm, StoryForm
from tips.text import render as markdown

anonymous_form = require_http_methods(["GET", "HEAD", "POST"])


@anonymous_form
@csrf_exempt
@never_cache
def share(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        form = StoryForm(initial={"kind": request.GET.get("kind", ""), "about": request.GET.getlist("about")})
        return render(request, "sharing/share.html", {"form": form})
    form = StoryForm(request.POST)
    try:
        if request.POST.get("action") != "send":
            taking.check(request, form)
            return _check_page(request, form)
        taken = taking.take(request, form, kind="share", now=form.now, act=lambda: _submit(form))
    except taking.Refused as refused:
        return refused.answer(request, "sharing/share.html", {"form": form})
    return _to_receipt(taken)


def _submit(form: StoryForm) -> dict[str, Any]:
    return flows.submit_page(
        said=form.cleaned_data, about=form.pages_about, outcome=form.outcome, signals=form.signals, now=form.now
    )


def _check_page(request: HttpRequest, form: StoryForm) -> HttpResponse:
    if request.POST.get("action") == "edit":
        return render(request, "sharing/share.html", {"form": form})
    context = {
        "form": form,
        "said": form.cleaned_data,
        "html": markdown.visitor(form.cleaned_data["story"]).html,
        "outcome": outcome_sentence(Outcome(**form.outcome)),
        "cards": care.cards(find(flows.everything_said(form.cleaned_data))),
    }
    return render(request, "sharing/check.html", context)


@anonymous_form
@csrf_exempt
@never_cache
def reply(request: HttpRequest, slug: str) -> HttpResponse:
    page = get_object_or_404(Page.objects.published(), slug=slug, comments_open=True)
    if request.method != "POST":
        return _reply_form(request, page, ReplyForm(initial={"reply_to": request.GET.get("reply_to", "")}))
    form = ReplyForm(request.POST)
    try:
        if request.POST.get("action") == "check":
            taking.check(request, form)
            return _reply_form(request, page, form, checking=True)
        taken = taking.take(
            request,
            form,
            kind="comment",
            now=form.now,
            act=lambda: flows.submit_reply(said=form.cleaned_data, page=page, signals=form.signals, now=form.now),
        )
    except taking.Refused as refused:
        return refused.answer(request, "sharing/reply.html", {"form": form, "page": page})
    return _to_receipt(taken)


def _reply_form(request: HttpRequest, page: Page, form: ReplyForm, *, checking: bool = False) -> HttpResponse:
    context = {"form": form, "page": page, "answered": _answered(page, form)}
    if checking:
        text = form.cleaned_data["text"]
        context.update(html=markdown.visitor(text).html, cards=care.cards(find(text)), said=form.cleaned_data)
    return render(request, "sharing/reply.html", context)


def _answered(page: Page, form: ReplyForm) -> Comment | None:
    public_id = form["reply_to"].value() or ""
    return Comment.objects.published().on(page).filter(public_id=public_id).first() if public_id else None


def _to_receipt(taken: taking.Taken) -> HttpResponse:
    response = HttpResponseRedirect("/share/received/")
    response.status_code = 303
    acknowledgements.remember(response, "share", taken.nonce)
    return response


@require_http_methods(["GET", "HEAD"])
@never_cache
def received(request: HttpRequest) -> HttpResponse:
    receipt = acknowledgements.recall(request, "share", now=timezone.now())
    if receipt is None:
        return render(request, "sharing/received_elsewhere.html")
    context = {
        "receipt": receipt,
        "code": grouped(receipt["code"]),
        "cards": care.cards_for(receipt["flags"]),
    }
    return render(request, "sharing/received.html", context)


@anonymous_form
@csrf_exempt
@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, "sharing/mine.html", {"form": CodeForm()})
    refuse_foreign(request)
    form = CodeForm(request.POST)
    wait = buckets.take("code", pseudonym(request), now=form.now)
    if wait:
        return _locked(request, form, wait)
    receipt = store.find(form.cleaned_data["code"]) if form.is_valid() else None
    if receipt is None:
        if not form.errors:
            form.add_error("code", "No page opens with this code. Please check it letter by letter.")
        return render(request, "sharing/mine.html", {"form": form}, status=422)
    if request.POST.get("action") == "erase":
        flows.erase(receipt=receipt)
        return render(request, "sharing/mine_open.html", {"state": State.WITHDRAWN})
    return render(request, "sharing/mine_open.html", {"form": form, **_standing(receipt)})


def _standing(receipt: Receipt) -> dict[str, Any]:
    """How it stands, for the one who holds the code."""
    case = flows.case_of(receipt)
    thing = receipt.page or receipt.comment
    return {
        "state": case.state,
        "decision": case.decisions.first(),
        "title": str(receipt.page or "Your reply"),
        "address": thing.get_absolute_url() if thing else "",
        "words": thing.body if thing else "",
    }


def _locked(request: HttpRequest, form: CodeForm, wait: int) -> HttpResponse:
    form.is_valid()
    form.add_error(None, f"Too many codes were tried from your connection. Please wait {taking.in_words(wait)}.")
    return taking.Refused(429, wait).answer(request, "sharing/mine.html", {"form": form})
