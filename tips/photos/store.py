"""What happens to photos as their page appears, changes or goes. Files first, then rows, then what is left over."""

import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from tips.cases.models import Case
from tips.keys.sealing import Unreadable
from tips.pages.models import Page, Visibility
from tips.photos import files
from tips.photos.models import Photo, new_folder

logger = logging.getLogger("tips.photos")

LOOSE_KEPT = timedelta(days=7)  # as long as a draft


def find_loose(public_ids: Iterable[str]) -> list[Photo]:
    """In the order given, without those that are unknown or already sent."""
    wanted = list(dict.fromkeys(public_ids))
    found = {photo.public_id: photo for photo in Photo.objects.loose().filter(public_id__in=wanted)}
    return [found[each] for each in wanted if each in found]


def of(page: Page) -> QuerySet[Photo]:
    """What readers see."""
    return Photo.objects.published().on(page).in_order()


def of_case(case: Case) -> QuerySet[Photo]:
    return Photo.objects.filter(case=case).in_order()


def all_of(page: Page) -> QuerySet[Photo]:
    """Public, waiting and taken down: for its author and the moderators."""
    return Photo.objects.on(page).in_order()


@transaction.atomic
def attach(*, photos: Sequence[Photo], page: Page, case: Case) -> None:
    """They wait with `case`, behind those that the page has, with the `alt` and `caption` that the objects carry."""
    last = Photo.objects.on(page).aggregate(last=Max("position"))["last"] or 0
    for position, photo in enumerate(photos, start=last + 1):
        photo.page, photo.case, photo.position = page, case, position
        photo.save(update_fields=["page", "case", "position", "alt", "caption"])


@transaction.atomic
def describe(*, photo: Photo, alt: str, caption: str) -> None:
    photo.alt, photo.caption = alt, caption
    photo.save(update_fields=["alt", "caption"])


@transaction.atomic
def publish(*, page: Page) -> None:
    """All whose case is published: readable, at new addresses, from the commit on. (After the case has moved.)"""
    for photo in Photo.objects.on(page).approved().closed():
        _move(photo, files.read_sealed, files.write_open, Visibility.PUBLISHED)


@transaction.atomic
def hide(*, page: Page, case: Case | None = None) -> None:
    """Sealed again, at once; only the photos of `case` when one is given."""
    shown = Photo.objects.on(page).open()
    for photo in shown.filter(case=case) if case else shown:
        _move(photo, files.read_open, files.write_sealed, Visibility.GONE)


@transaction.atomic
def erase(*, page: Page) -> None:
    """Rows and files, for good."""
    erase_photos(photos=all_of(page))


@transaction.atomic
def erase_photos(*, photos: Iterable[Photo]) -> None:
    for photo in photos:
        folder = photo.folder
        photo.delete()
        _after_commit(files.OPEN, folder)
        _after_commit(files.SEALED, folder)


def collect(now: datetime) -> None:
    """Photos that were never sent, and files without a row."""
    erase_photos(photos=Photo.objects.loose().filter(taken_on__lt=timezone.localdate(now) - LOOSE_KEPT))
    shown = set(Photo.objects.open().values_list("folder", flat=True))
    kept = set(Photo.objects.values_list("folder", flat=True)) - shown
    for kind, named in ((files.OPEN, shown), (files.SEALED, kept)):
        for folder in list(files.orphans(kind, named, now=now)):
            files.remove(kind, folder)


def _move(
    photo: Photo,
    read: Callable[[str, str], bytes],
    write: Callable[[str, dict[str, bytes]], None],
    visibility: Visibility,
) -> None:
    """The new files are on the disk before the row names them; the old ones go after the commit."""
    old, folder = photo.folder, new_folder()
    try:
        write(folder, {name: read(old, name) for name in photo.names})
    except (FileNotFoundError, Unreadable):
        # A page is decided all the same; what cannot be shown must not be promised either.
        logger.error("the files of photo %s are lost", photo.public_id)
        visibility = Visibility.GONE
    else:
        photo.folder = folder
        _after_commit(files.SEALED if visibility == Visibility.PUBLISHED else files.OPEN, old)
    photo.visibility = visibility
    photo.save(update_fields=["folder", "visibility"])


def _after_commit(kind: str, folder: str) -> None:
    transaction.on_commit(partial(files.remove, kind, folder))
