"""An author takes photos off a page and adds others: off at once, new ones once they were read (docs/adr/0025)."""

from datetime import datetime

from django import forms
from django.db import transaction
from django.http import HttpRequest

from accounts.pseudonym import pseudonym
from tips.guard import buckets, taking
from tips.outcomes.answers import forget_photo, keep_photo
from tips.pages.fresh import stale
from tips.pages.models import Page
from tips.photos import store
from tips.photos.models import Photo
from tips.photos.taking import MOST, Busy, Unusable, take_photo
from tips.receipts.models import Receipt
from tips.sharing import album, mine_edits
from tips.sharing.traces import wipe_traces


@transaction.atomic
def remove_photo(*, page: Page, handle: str) -> None:
    """Row and files, at once: whoever sees a face on it must not wait for anybody."""
    store.erase_photos(photos=store.all_of(page).filter(public_id=handle))
    forget_photo(page=page, name=handle)
    stale(page)
    transaction.on_commit(wipe_traces)


def taken(request: HttpRequest, form: forms.Form, *, now: datetime) -> Photo | None:
    """The photo of a valid form, loose as yet; or None, with the reason at its field. Raises OSError."""
    uploaded = form.cleaned_data["photo"]
    wait = buckets.take("photo", pseudonym(request), now=now)
    if wait:
        form.add_error("photo", taking.TOO_MANY.format(wait=taking.in_words(wait)))
        return None
    try:
        return take_photo(
            uploaded=uploaded, now=now, alt=form.cleaned_data["alt"], caption=form.cleaned_data["caption"]
        )
    except Unusable as error:
        form.add_error("photo", album.named(uploaded, str(error)))
    except Busy as error:
        form.add_error("photo", str(error))
    return None


@transaction.atomic
def add_photo(*, receipt: Receipt, photo: Photo, now: datetime) -> mine_edits.Result:
    """It waits with the version in hand, or with a new one of the same words. Raises NotNow, also where four are."""
    page = mine_edits.locked(receipt)
    if store.all_of(page).count() >= MOST:
        raise mine_edits.NotNow
    case = mine_edits.wait_with(page, f"{photo.alt}\n{photo.caption}", now)
    store.attach(photos=[photo], page=page, case=case)
    keep_photo(case=case, photo=photo)
    return mine_edits.Result.WAITS
