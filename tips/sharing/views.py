"""Write a page or a reply, look at it as others will, and send it. Nothing that was typed is lost on the way."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from tips.cases.waits import usual_wait
from tips.comments.models import Comment
from tips.guard import acknowledgements, taking
from tips.guard.drafts import Fields
from tips.guard.forms import GuardedForm
from tips.guard.origin import refuse_foreign
from tips.pages.models import Page
from tips.photos.taking import MOST
from tips.practice import care
from tips.safety.find import find
from tips.sharing import album, asking, blank, drafting, flows
from tips.sharing.album import Album
from tips.sharing.forms import ReplyForm, StoryForm
from tips.sharing.mine_link import private_link
from tips.sharing.preview import preview
from tips.text import render as markdown
from tips.text.personal import personal

anonymous_form = require_http_methods(["GET", "HEAD", "POST"])


@anonymous_form
@csrf_exempt
@never_cache
def share(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _begin(request)
    refuse_foreign(request)
    form, photos = StoryForm(request.POST, request.FILES), album.of_request(request)
    try:
        response = _answer(request, form, photos)
    except taking.Refused as refused:
        response = refused.answer(request, "sharing/share.html", _written(form, photos))
    if response.status_code in {200, 422}:
        typed = drafting.typed(request, form) | photos.as_fields()
        drafting.keep_if_possible(request, response, drafting.SHARE, typed, now=form.now)
    return response


def _begin(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    begun = drafting.found(request, drafting.SHARE, now=now)
    if begun is None:
        return blank.page(request, now=now, arrived=acknowledgements.recall(request, "share", now=now))
    return _again(request, begun, now, restored=True)


def _again(request: HttpRequest, fields: Fields, now: datetime, **more: Any) -> HttpResponse:
    """The form with what was typed so far, not judged yet."""
    form = StoryForm.begun(fields, now=now)
    return render(request, "sharing/share.html", _written(form, album.from_fields(fields), **more))


def _written(form: GuardedForm, photos: Album, **more: Any) -> Mapping[str, Any]:
    """What could not be taken is said once more at its field; it holds nobody up."""
    album.say_again(form, photos)
    return {
        "form": form,
        "photos": photos.shown(now=form.now),
        "left_out": photos.left_out,
        "room": MOST - len(photos.photos),
        **more,
    }


def _answer(request: HttpRequest, form: StoryForm, photos: Album) -> HttpResponse:
    """Raises Refused."""
    removed = request.POST.get("remove_photo")
    if removed:
        photos.remove(removed)
    if removed or request.POST.get("action") == "edit":
        return _again(request, drafting.typed(request, form) | photos.as_fields(), form.now)
    if request.POST.get("action") == "send":
        return _send(request, form, photos)
    _take_photos(request, form, photos)
    if not form.is_valid():
        raise taking.Refused(422)
    return render(request, "sharing/check.html", preview(form, photos, now=form.now))


def _send(request: HttpRequest, form: StoryForm, photos: Album) -> HttpResponse:
    try:
        taken = taking.take(
            request,
            form,
            kind="share",
            now=form.now,
            act=lambda: _submit(form, photos, request.POST.get("slip", "")),
            prepare=lambda: _take_photos(request, form, photos, refuse=True),
            also=photos.fingerprint,
        )
    except taking.Refused as refused:
        if refused.status == 422:
            _take_photos(request, form, photos)  # they are not asked for a second time
        raise
    return _to_receipt(taken)


def _take_photos(request: HttpRequest, form: StoryForm, photos: Album, *, refuse: bool = False) -> None:
    try:
        photos.take(request, form, now=form.now)
    except (OperationalError, OSError) as error:
        form.add_error(None, taking.NO_ROOM)
        raise taking.Refused(503, taking.TRY_AGAIN_AFTER) from error
    if refuse and form.errors:
        raise taking.Refused(422)


def _submit(form: StoryForm, photos: Album, slip: str) -> dict[str, Any]:
    return flows.submit_page(
        said=form.cleaned_data,
        about=form.pages_about,
        outcome=form.outcome,
        facts=form.facts,
        photos=photos.photos,
        signals=form.signals,
        slip=slip,
        now=form.now,
    )


@anonymous_form
@csrf_exempt
@never_cache
def reply(request: HttpRequest, slug: str) -> HttpResponse:
    page = asking.open_to_replies(slug)
    if page is None:
        raise Http404(slug)
    if request.method != "POST":
        return _begin_reply(request, page)
    form = ReplyForm(request.POST)
    try:
        response = _answer_reply(request, page, form)
    except taking.Refused as refused:
        response = refused.answer(request, "sharing/reply.html", {"form": form, "page": page})
    if response.status_code in {200, 422}:
        typed = drafting.typed(request, form)
        drafting.keep_if_possible(request, response, drafting.of_reply(slug), typed, now=form.now)
    return response


def _begin_reply(request: HttpRequest, page: Page) -> HttpResponse:
    now = timezone.now()
    begun = drafting.found(request, drafting.of_reply(page.slug), now=now)
    form = ReplyForm.begun(begun or {"reply_to": [request.GET.get("reply_to", "")]}, now=now)
    return _reply_form(request, page, form, restored=begun is not None)


def _answer_reply(request: HttpRequest, page: Page, form: ReplyForm) -> HttpResponse:
    """Raises Refused."""
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
    return _to_receipt(taken)


def _reply_form(
    request: HttpRequest, page: Page, form: ReplyForm, *, checking: bool = False, restored: bool = False
) -> HttpResponse:
    context = {"form": form, "page": page, "answered": _answered(page, form), "restored": restored}
    if checking:
        said = form.cleaned_data
        cards, hints = care.cards(find(said["text"])), personal(f"{said['text']}\n{said['name']}")
        context.update(html=markdown.visitor(said["text"]).html, cards=cards, said=said, hints=hints)
    return render(request, "sharing/reply.html", context)


def _answered(page: Page, form: ReplyForm) -> Comment | None:
    return asking.answered(page, form["reply_to"].value() or "")


def _to_receipt(taken: taking.Taken) -> HttpResponse:
    response = HttpResponseRedirect("/share/received/")
    response.status_code = 303
    acknowledgements.remember(response, "share", taken.nonce)
    return response


@require_http_methods(["GET", "HEAD"])
@never_cache
def received(request: HttpRequest) -> HttpResponse:
    """The draft goes only now: until the private code has been shown, the words can come back."""
    now = timezone.now()
    receipt = acknowledgements.recall(request, "share", now=now)
    if receipt is None:
        return render(request, "sharing/received_elsewhere.html")
    context = {
        "receipt": receipt,
        "cards": care.cards_for(receipt["flags"]),
        "usual_wait": usual_wait(now),
        **private_link(receipt["code"], now=now),
    }
    response = render(request, "sharing/received.html", context)
    drafting.forget_sent(request, response, acknowledgements.nonce_of(request, "share"))
    return response
