"""AVIF, a third smaller than WebP and too slow to wait for: drawn by the worker, for photos that are public."""

import contextlib
from datetime import datetime

from tips.pages.fresh import stale_words
from tips.photos import files
from tips.photos.decoding import NotDrawn, TooSlow, redraw
from tips.photos.models import Photo
from tips.photos.slots import NoSlot

AT_ONCE = 8  # photos of one round, so that mail is not kept waiting


def add_missing(_now: datetime) -> None:
    """One that cannot be drawn now is tried again; readers have its WebP meanwhile."""
    for photo in Photo.objects.without_avif().select_related("page").order_by("pk")[:AT_ONCE]:
        with contextlib.suppress(NotDrawn, TooSlow, NoSlot, FileNotFoundError):
            add_avif(photo)


def add_avif(photo: Photo) -> None:
    """Raises NotDrawn, TooSlow, NoSlot, FileNotFoundError."""
    largest = files.path_of(files.OPEN, photo.folder) / f"{max(photo.widths)}.jpg"
    with largest.open("rb") as file:
        drawn = redraw(file, "avif")
    files.add_open(photo.folder, {picture.name: picture.data for picture in drawn.pictures})
    # A photo that moved meanwhile took no AVIF with it.
    if Photo.objects.open().filter(pk=photo.pk, folder=photo.folder).update(has_avif=True) and photo.page:
        stale_words(photo.page)
