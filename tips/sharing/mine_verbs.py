"""Everything an author may press. Each takes what the code opened; what changed something answers 303, so that going
back or loading the page again does nothing a second time."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from tips.pages.updates import updates
from tips.receipts import replies, store
from tips.sharing import mine_answers, mine_captions, mine_copy, mine_edits, mine_flows, mine_objecting, mine_photos
from tips.sharing.mine_edits import NotNow
from tips.sharing.mine_forms import (
    CodeForm,
    ObjectionForm,
    PageForm,
    PhotoForm,
    RepliesForm,
    ReplyWordsForm,
    UpdateForm,
)
from tips.sharing.mine_link import as_text
from tips.sharing.mine_pressing import Verb, changed, done, fill_in
from tips.sharing.mine_session import Opened
from tips.sharing.mine_standing import standing

NO_OBJECTION = "There is nothing to object to at present. One objection is possible for each decision."


def show(request: HttpRequest, opened: Opened, now: datetime) -> HttpResponse:
    return standing(request, opened, now=now, done=opened.said)


def edit(request: HttpRequest, opened: Opened, now: datetime) -> HttpResponse:
    return fill_in(request, _words_form(opened), "edit", now)


def save(request: HttpRequest, opened: Opened, now: datetime) -> HttpResponse:
    form = _words_form(opened, request.POST)
    if not form.is_valid():
        return fill_in(request, form, "edit", now)
    receipt = opened.receipt
    if isinstance(form, PageForm):
        said = form.cleaned_data
        return changed(
            request,
            opened,
            now,
            lambda: mine_edits.edit_page(
                receipt=receipt, title=said["title"], story=said["story"], later=form.later, now=now
            ),
        )
    text = form.cleaned_data["text"]
    return changed(request, opened, now, lambda: mine_edits.edit_reply(receipt=receipt, text=text, now=now))


def update(request: HttpRequest, _opened: Opened, now: datetime) -> HttpResponse:
    return fill_in(request, UpdateForm(), "update", now)


def add(request: HttpRequest, opened: Opened, now: datetime) -> HttpResponse:
    form = UpdateForm(request.POST)
    if not form.is_valid():
        return fill_in(request, form, "update", now)
    text = form.cleaned_data["update"]
    return changed(request, opened, now, lambda: mine_edits.add_update(receipt=opened.receipt, text=text, now=now))


def name_off(_request: HttpRequest, opened: Opened, now: datetime) -> HttpResponse:
    mine_flows.take_name_off(receipt=opened.receipt)
    return done(opened.code, now, "Your name is off. It now says “A visitor” everywhere on this site.")


def search_engines(*, wanted: bool) -> Verb:
    said = "Search engines may list it again." if wanted else "Search engines are asked not to list it from now on."

    def verb(_request: HttpRequest, opened: Opened, now: datetime) -> HttpResponse:
        if opened.receipt.page:
            mine_flows.show_to_search_engines(page=opened.receipt.page, wanted=wanted)
        return done(opened.code, now, said)

    return verb


def open_to_replies(*, wanted: bool) -> Verb:
    said = "Your page is open to replies." if wanted else "Your page is closed to new replies."

    def verb(_request: HttpRequest, opened: Opened, now: datetime) -> HttpResponse:
        if opened.receipt.page:
            mine_flows.open_to_replies(page=opened.receipt.page, wanted=wanted)
        return done(opened.code, now, said)

    return verb


def ask_objection(request: HttpRequest, _opened: Opened, now: datetime) -> HttpResponse:
    return fill_in(request, ObjectionForm(), "object", now)


def objection(request: HttpRequest, opened: Opened, now: datetime) -> HttpResponse:
    form = ObjectionForm(request.POST)
    if not form.is_valid():
        return fill_in(request, form, "object", now)
    try:
        mine_objecting.object_to_decision(receipt=opened.receipt, text=form.cleaned_data["objection"], now=now)
    except NotNow:
        return standing(request, opened, now=now, wrong=NO_OBJECTION, status=409)
    return done(opened.code, now, "Somebody will look at it again. You will see the answer here.")


def ask_letters(request: HttpRequest, _opened: Opened, now: datetime) -> HttpResponse:
    return fill_in(request, RepliesForm(), "letters", now)


def letters(request: HttpRequest, opened: Opened, now: datetime) -> HttpResponse:
    form = RepliesForm(request.POST)
    if not form.is_valid():
        return fill_in(request, form, "letters", now)
    replies.ask(receipt=opened.receipt, email=form.cleaned_data["email"], now=now)
    return done(opened.code, now, "A letter is on its way. Press the button that it leads to.")


def no_letters(_request: HttpRequest, opened: Opened, now: datetime) -> HttpResponse:
    replies.stop(receipt=opened.receipt)
    return done(opened.code, now, "No more letters about replies. The address is deleted.")


def photo_out(request: HttpRequest, opened: Opened, now: datetime) -> HttpResponse:
    if opened.receipt.page:
        mine_photos.remove_photo(page=opened.receipt.page, handle=request.POST.get("remove", ""))
    return done(opened.code, now, "The photo is gone from your page, and its files are erased.")


def ask_photo(request: HttpRequest, _opened: Opened, now: datetime) -> HttpResponse:
    return fill_in(request, PhotoForm(), "photo", now)


def photo_in(request: HttpRequest, opened: Opened, now: datetime) -> HttpResponse:
    """Drawn before anything is locked: that takes a second."""
    form = PhotoForm(request.POST, request.FILES)
    photo = mine_photos.taken(request, form, now=now) if form.is_valid() else None
    if photo is None:
        return fill_in(request, form, "photo", now)
    return changed(request, opened, now, lambda: mine_photos.add_photo(receipt=opened.receipt, photo=photo, now=now))


def rotate(_request: HttpRequest, opened: Opened, now: datetime) -> HttpResponse:
    return done(store.rotate(opened.receipt), now, "Here is your new code. Every earlier one is void.")


def withdraw(_request: HttpRequest, opened: Opened, now: datetime) -> HttpResponse:
    mine_flows.withdraw(receipt=opened.receipt, today=timezone.localdate(now))
    return done(opened.code, now)


def come_back(_request: HttpRequest, opened: Opened, now: datetime) -> HttpResponse:
    mine_flows.come_back(receipt=opened.receipt, today=timezone.localdate(now))
    return done(opened.code, now, "It is back as it was.")


def ask_erase(request: HttpRequest, opened: Opened, now: datetime) -> HttpResponse:
    """Erasing takes two presses: nobody meant the one beside "Take it down"."""
    return render(request, "sharing/mine_erase.html", {"form": CodeForm(now=now), "receipt": opened.receipt})


def erase(_request: HttpRequest, opened: Opened, now: datetime) -> HttpResponse:
    mine_flows.erase(receipt=opened.receipt)
    return done("", now, "erased")


def close(_request: HttpRequest, _opened: Opened, now: datetime) -> HttpResponse:
    return done("", now, "closed")


def _words_form(opened: Opened, data: Any = None) -> PageForm | ReplyWordsForm:
    receipt = opened.receipt
    if receipt.comment:
        return ReplyWordsForm(data, initial={"text": receipt.comment.source})
    if receipt.page is None:
        raise LookupError(receipt.pk)
    version = mine_edits.newest_version(receipt.page)
    return PageForm(data, later=updates(version.facts), initial={"title": version.title, "story": version.source})


FORMS: dict[str, Verb] = {  # looked at, and changing nothing
    "edit": edit,
    "answers": mine_answers.ask,
    "captions": mine_captions.ask,
    "update": update,
    "object": ask_objection,
    "ask-letters": ask_letters,
    "ask-photo": ask_photo,
    "ask-erase": ask_erase,
}
VERBS: dict[str, Verb] = {
    "save": save,
    "answer": mine_answers.save,
    "describe": mine_captions.save,
    "add": add,
    "name-off": name_off,
    "search-off": search_engines(wanted=False),
    "search-on": search_engines(wanted=True),
    "replies-off": open_to_replies(wanted=False),
    "replies-on": open_to_replies(wanted=True),
    "objection": objection,
    "letters": letters,
    "no-letters": no_letters,
    "json": lambda _request, opened, _now: mine_copy.as_json(opened.receipt),
    "html": lambda _request, opened, _now: mine_copy.as_html(opened.receipt),
    "link": lambda _request, opened, _now: mine_copy.attachment(
        as_text(opened.code), "private-link.txt", "text/plain; charset=utf-8"
    ),
    "photo-out": photo_out,
    "photo-in": photo_in,
    "rotate": rotate,
    "withdraw": withdraw,
    "come-back": come_back,
    "erase": erase,
    "close": close,
}
