"""A photo's file as an answer: a picture and nothing else, whatever a browser would like to make of it."""

from collections.abc import Callable
from typing import TypeVar

from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase

from tips.keys.sealing import Unreadable
from tips.photos import files
from tips.photos.models import Photo
from tips.photos.own import file_of

Answer = TypeVar("Answer", bound=HttpResponseBase)
TYPES = {"webp": "image/webp", "jpg": "image/jpeg", "avif": "image/avif"}
# Its address never shows anything else. A day, so that what is taken down does not live on in other people's caches.
KEPT = "public, max-age=86400, immutable"
NEVER_KEPT = "private, no-store"
ALONE = "sandbox; default-src 'none'"


def open_response(folder: str, width: int, form: str) -> FileResponse:
    """A public file; without asking the database, as a web server in front does it. Raises Http404."""
    try:
        file = (files.path_of(files.OPEN, folder) / f"{width}.{form}").open("rb")
    except FileNotFoundError:
        raise Http404(folder) from None
    return _as_picture(FileResponse(file), form, KEPT)


def own_response(folder: str, name: str) -> FileResponse:
    """A picture of an article. Raises Http404."""
    try:
        file = file_of(folder, name).open("rb")
    except FileNotFoundError:
        raise Http404(folder) from None
    return _as_picture(FileResponse(file), "webp", KEPT)


def sealed_response(photo: Photo, *, width: int = 960) -> HttpResponse:
    """For eyes that were let in before: its author's, a moderator's. Raises Http404 when the files are gone."""
    read: Callable[[str, str], bytes] = files.read_open if photo.is_published else files.read_sealed
    try:
        data = read(photo.folder, f"{photo.nearest(width)}.webp")
    except (FileNotFoundError, Unreadable):
        raise Http404(photo.public_id) from None
    return _as_picture(HttpResponse(data), "webp", NEVER_KEPT)


def _as_picture(response: Answer, form: str, kept: str) -> Answer:
    response["Content-Type"] = TYPES[form]
    response["Content-Disposition"] = f'inline; filename="photo.{form}"'
    response["Content-Security-Policy"] = ALONE
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = kept
    return response
