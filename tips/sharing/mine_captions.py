"""An author says in other words what can be seen on a photo: as other words of a page go, live or to be read first."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from tips.guard.fields import CleanText
from tips.photos import store
from tips.photos.links import author_link
from tips.receipts.models import Receipt
from tips.sharing import mine_edits, mine_pressing
from tips.sharing.mine_answers import page_of
from tips.sharing.mine_session import Opened

Words = Mapping[str, Sequence[str]]  # public id of a photo -> alt, caption


class CaptionsForm(forms.Form):
    """`photos` in the order in which they stand."""

    def __init__(self, *args: Any, photos: Words, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = list(photos)
        for number, (name, (alt, caption)) in enumerate(photos.items(), 1):
            seen, under = f"What can be seen on photo {number}?", f"Words under photo {number}"
            self.fields[f"alt_{name}"] = CleanText(most=250, required=False, label=seen, initial=alt)
            self.fields[f"caption_{name}"] = CleanText(most=250, required=False, label=under, initial=caption)

    @property
    def photos(self) -> Words:
        said = self.cleaned_data
        return {name: [said[f"alt_{name}"], said[f"caption_{name}"]] for name in self.names}


@transaction.atomic
def describe(*, receipt: Receipt, photos: Words, now: datetime) -> mine_edits.Result:
    """Those that are not on the page any more are left out. Raises NotNow."""
    page = mine_edits.locked(receipt)
    before = mine_edits.newest_version(page)
    words = {name: list(photos.get(name, said)) for name, said in before.answers["photos"].items()}
    after = replace(before, answers={**before.answers, "photos": words})
    return mine_edits.put(page, receipt, before, after, now)


def ask(request: HttpRequest, opened: Opened, now: datetime) -> HttpResponse:
    return _fill_in(request, opened, CaptionsForm(photos=_words(opened)), now)


def save(request: HttpRequest, opened: Opened, now: datetime) -> HttpResponse:
    """Of a photo that was added since the form was opened, nothing was asked."""
    asked = {name: words for name, words in _words(opened).items() if f"alt_{name}" in request.POST}
    form = CaptionsForm(request.POST, photos=asked)
    if not form.is_valid():
        return _fill_in(request, opened, form, now)
    return mine_pressing.changed(
        request, opened, now, lambda: describe(receipt=opened.receipt, photos=form.photos, now=now)
    )


def _words(opened: Opened) -> Words:
    words: Words = mine_edits.newest_version(page_of(opened)).answers["photos"]
    return words


def _fill_in(request: HttpRequest, opened: Opened, form: CaptionsForm, now: datetime) -> HttpResponse:
    pictures = [author_link(photo, now=now) for photo in store.all_of(page_of(opened))]
    return mine_pressing.fill_in(request, form, "captions", now, pictures=pictures)
