"""Take one uploaded photo: redrawn, sealed, on the disk and in the database when this returns."""

from datetime import datetime
from typing import IO, cast

from django.core.files.uploadedfile import UploadedFile
from django.db import DatabaseError
from django.utils import timezone

from tips.photos.decoding import Drawn, NotDrawn, TooSlow, redraw
from tips.photos.files import SEALED, remove, write_sealed
from tips.photos.models import Photo
from tips.photos.slots import NoSlot
from tips.photos.uploads import MOST_BYTES
from tips.text.clean import one_line

MOST = 4  # photos of one page
WORDS = 250  # letters of a description or a caption
TOO_LARGE = "This photo is larger than 12 MB. Please choose a smaller one, or let your phone send it in a smaller size."
EMPTY = "This file is empty. Please choose the photo again."
SENTENCES = {
    "unknown": "This file is not a photo that we can read. Please choose a JPEG, PNG, WebP or HEIC file.",
    "pixels": "This photo has more than 40 million pixels. Please choose a smaller one.",
    "moving": "This picture moves. Please choose one that stands still.",
    "broken": "This photo is damaged: only part of it can be read. Please choose it again, or choose another.",
    "heic": (
        "We cannot read this HEIC photo. Please send it as a JPEG: take a picture of your screen that shows it, "
        "or on an iPhone choose Settings, Camera, Formats, “Most Compatible” and take it again."
    ),
}
BUSY = (
    "Many photos are arriving at this moment. Nothing you wrote is lost: please wait half a minute and add your photo "
    "again."
)


class Unusable(Exception):
    """Not taken; the text says to its sender what to do."""


class Busy(Exception):
    """Not taken now; the text says to its sender what to do."""


def take_photo(*, uploaded: UploadedFile, now: datetime, alt: str = "", caption: str = "") -> Photo:
    """A photo without a page, which only who knows its public id can use. Raises Unusable, Busy, OSError.

    `uploaded` comes from tips.photos.uploads. Not inside a transaction: drawing takes a second.
    """
    drawn = taken_from(uploaded)
    photo = Photo(
        alt=one_line(alt)[:WORDS],
        caption=one_line(caption)[:WORDS],
        width=drawn.width,
        height=drawn.height,
        widths=sorted({picture.width for picture in drawn.pictures}),
        taken_on=timezone.localdate(now),
    )
    write_sealed(photo.folder, {picture.name: picture.data for picture in drawn.pictures})
    try:
        photo.save()
    except DatabaseError:
        remove(SEALED, photo.folder)
        raise
    return photo


def taken_from(uploaded: UploadedFile) -> Drawn:
    """Redrawn, with every refusal in words. Raises Unusable, Busy."""
    if not uploaded.size:
        raise Unusable(EMPTY)
    if uploaded.size > MOST_BYTES:
        raise Unusable(TOO_LARGE)
    try:
        return redraw(cast(IO[bytes], uploaded.file))
    except NotDrawn as reason:
        raise Unusable(SENTENCES.get(str(reason), SENTENCES["broken"])) from None
    except (NoSlot, TooSlow):
        raise Busy(BUSY) from None
