"""The photos of a page that is being written: some taken already and known by their handles, some just arrived.

What could not be taken is said, and said again with every press, until another photo arrives or its sender goes on
without it (`left_out`: sentences, which the form carries along).
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import zip_longest

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from accounts.pseudonym import pseudonym
from tips.guard import buckets, taking
from tips.guard.drafts import Fields
from tips.guard.forms import GuardedForm
from tips.photos import store
from tips.photos.links import author_link
from tips.photos.models import Photo
from tips.photos.taking import MOST, WORDS, Busy, Unusable, take_photo
from tips.text.clean import one_line

FIELDS = ("photo", "photo_alt", "photo_caption", "photo_left_out")
TOO_MANY = f"A page has room for {MOST} photos. The first {MOST} are kept."
GONE = "One of your photos is no longer here. Please choose it again."
WITHOUT_IT = "without-it"  # instead of a handle, for "Go on without it"
LONGEST_NAME, LONGEST_SENTENCE = 60, 300  # letters


@dataclass
class Album:
    """`photos` carry the words that belong to them; `arrived` are files that nobody has looked at yet."""

    photos: list[Photo] = field(default_factory=list)
    arrived: list[UploadedFile] = field(default_factory=list)
    words: list[tuple[str, str]] = field(default_factory=list)  # for those that arrived
    missing: int = 0
    left_out: list[str] = field(default_factory=list)
    fingerprint: dict[str, list[str]] = field(default_factory=dict)

    def take(self, request: HttpRequest, form: GuardedForm, *, now: datetime) -> None:
        """Everything that arrived becomes a photo, or an error at the field of the form. Raises Refused, OSError."""
        if self.missing:
            form.add_error("photos", GONE)
        if len(self.photos) + len(self.arrived) > MOST:
            form.add_error("photos", TOO_MANY)
        room, arrived = MOST - len(self.photos), self.arrived
        self.arrived, self.missing = [], 0
        if arrived:
            self.left_out = []
        good = [
            _name(uploaded)
            for uploaded, (alt, caption) in list(zip_longest(arrived, self.words, fillvalue=("", "")))[:room]
            if isinstance(uploaded, UploadedFile) and self._take(request, form, uploaded, (alt, caption), now)
        ]
        for number, sentence in enumerate(self.left_out if arrived else ()):
            form.add_error("photos", f"{sentence} {_arrived(good)}".strip() if number == 0 else sentence)

    def _take(
        self, request: HttpRequest, form: GuardedForm, uploaded: UploadedFile, words: tuple[str, str], now: datetime
    ) -> bool:
        wait = buckets.take("photo", pseudonym(request), now=now)
        if wait:
            form.add_error("photos", taking.TOO_MANY.format(wait=taking.in_words(wait)))
            raise taking.Refused(429, wait)
        try:
            photo = take_photo(uploaded=uploaded, now=now)
        except Unusable as error:
            self.left_out.append(named(uploaded, str(error)))
            return False
        except Busy as error:
            form.add_error("photos", str(error))
            raise taking.Refused(503, taking.TRY_AGAIN_AFTER) from error
        photo.alt, photo.caption = words
        self.photos.append(photo)
        return True

    def remove(self, handle: str) -> None:
        if handle == WITHOUT_IT:
            self.left_out = []
        store.erase_photos(photos=[photo for photo in self.photos if photo.public_id == handle])
        self.photos = [photo for photo in self.photos if photo.public_id != handle]

    def shown(self, *, now: datetime) -> list[tuple[Photo, str]]:
        """With an address that shows each to whoever is writing."""
        return [(photo, author_link(photo, now=now)) for photo in self.photos]

    def as_fields(self) -> Fields:
        """As the form sends them, and a draft keeps them."""
        return {
            "photo": [photo.public_id for photo in self.photos],
            "photo_alt": [photo.alt for photo in self.photos],
            "photo_caption": [photo.caption for photo in self.photos],
            "photo_left_out": self.left_out,
        }


def from_fields(fields: Fields) -> Album:
    # A client may send the empty field that scripts copy for each new photo.
    handles = [each for each in fields.get("photo", []) if each][: 2 * MOST]
    words = _words(fields)
    found = {photo.public_id: photo for photo in store.find_loose(handles)} if handles else {}
    photos = []
    for handle, (alt, caption) in zip(handles, words, strict=False):
        if handle in found and found[handle] not in photos:
            found[handle].alt, found[handle].caption = alt, caption
            photos.append(found[handle])
    left_out = [one_line(each)[:LONGEST_SENTENCE] for each in fields.get("photo_left_out", [])[:MOST]]
    return Album(
        photos=photos,
        words=words[len(handles) :],
        missing=len(set(handles)) - len(photos),
        left_out=[each for each in left_out if each],
    )


def named(uploaded: UploadedFile, sentence: str) -> str:
    """What is wrong with a photo, beginning with the name its sender knows it by."""
    for beginning in ("This file ", "This photo ", "This picture "):
        if sentence.startswith(beginning):
            return f"{_name(uploaded)} {sentence.removeprefix(beginning)}"
    return f"{_name(uploaded)}: {sentence}"


def _name(uploaded: UploadedFile) -> str:
    return one_line(uploaded.name or "")[:LONGEST_NAME] or "A file"


def _arrived(names: list[str]) -> str:
    if not names:
        return ""
    return f"{' and '.join(filter(None, (', '.join(names[:-1]), names[-1])))} {'have' if names[1:] else 'has'} arrived."


def of_request(request: HttpRequest) -> Album:
    fields = {name: request.POST.getlist(name) for name in FIELDS}
    arrived = request.FILES.getlist("photos")
    album = from_fields(fields)
    album.arrived = list(arrived)
    album.fingerprint = {**{name: fields[name] for name in FIELDS[:3]}, "photos": [_digest(each) for each in arrived]}
    return album


def say_again(form: GuardedForm, album: Album) -> None:
    """On a form that may not have been judged: its photos are then the only thing wrong with it."""
    said = " ".join(str(each) for each in form["photos"].errors)
    if not form.is_bound:
        form.cleaned_data = {}
    for sentence in album.left_out:
        if sentence not in said:
            form.add_error("photos", sentence)


def forget(fields: Fields) -> None:
    """Those of a draft that is forgotten."""
    store.erase_photos(photos=store.find_loose(fields.get("photo", [])))


def _words(fields: Fields) -> list[tuple[str, str]]:
    """Of every photo in the order of the form; those without words too."""
    alts, captions = fields.get("photo_alt", []), fields.get("photo_caption", [])
    missing = max(len(fields.get("photo", [])) - max(len(alts), len(captions)), 0)
    pairs = [*zip_longest(alts, captions, fillvalue=""), *[("", "")] * missing]
    return [(_short(alt), _short(caption)) for alt, caption in pairs]


def _short(text: str) -> str:
    return one_line(text)[:WORDS]


def _digest(uploaded: UploadedFile) -> str:
    digest = hashlib.sha256(str(uploaded.size).encode())
    chunks: Iterable[bytes] = uploaded.chunks()
    for chunk in chunks:
        digest.update(chunk)
    uploaded.seek(0)
    return digest.hexdigest()
