"""T22, T24: photos are taken whatever they are called; everything else gets a sentence that says what to do."""

import struct
import zlib

import pytest
from django.conf import settings
from PIL import Image

from tests.photos import pictures
from tips.photos import files
from tips.photos.models import Photo
from tips.photos.taking import EMPTY, SENTENCES, TOO_LARGE, Unusable, take_photo
from tips.photos.uploads import MOST_BYTES

pytestmark = pytest.mark.django_db

PHOTOS = {
    "JPEG": pictures.jpeg,
    "JPEG, progressive": lambda: pictures.jpeg(progressive=True),
    "PNG": lambda: pictures.encoded(pictures.grid(), "PNG"),
    "WebP": lambda: pictures.encoded(pictures.grid(), "WEBP"),
    "WebP without loss": lambda: pictures.encoded(pictures.grid(), "WEBP", lossless=True),
    "HEIC": lambda: pictures.HEIC,
    "a JPEG of several, as phones make": lambda: pictures.encoded(
        pictures.grid(), "MPO", save_all=True, append_images=[pictures.grid()]
    ),
}
SCRIPT = b"<script>alert(1)</script><?php system($_GET[0]); ?>"
OTHERS = {
    "text": (b"Dear owner, here is my photo.", "unknown"),
    "a page": (b"<!doctype html>" + SCRIPT, "unknown"),
    "SVG": (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "unknown"),
    "PDF": (b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n%%EOF", "unknown"),
    "GIF": (pictures.encoded(pictures.grid(), "GIF"), "unknown"),
    "BMP": (pictures.encoded(pictures.grid(), "BMP"), "unknown"),
    "TIFF": (pictures.encoded(pictures.grid(), "TIFF"), "unknown"),
    "PPM": (pictures.encoded(pictures.grid(), "PPM"), "unknown"),
    "EPS": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "unknown"),
    "zip": (b"PK\x03\x04" + bytes(200), "unknown"),
    "a JPEG's first bytes": (b"\xff\xd8\xff\xe0" + SCRIPT * 9, "broken unknown"),
    "half a JPEG": (pictures.jpeg((400, 300))[:4000], "broken"),
    "half a PNG": (pictures.encoded(pictures.grid().resize((900, 600)), "PNG")[:400], "broken"),
    "half a WebP": (pictures.encoded(Image.effect_noise((96, 64), 90), "WEBP", lossless=True)[:900], "broken unknown"),
    "half a HEIC": (pictures.HEIC[:700], "heic"),
    "a film": (b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(500), "heic"),
    "a PNG with a wrong checksum": (pictures.encoded(pictures.grid(), "PNG").replace(b"IDAT", b"IDaT"), "unknown"),
    "a PNG that moves": (pictures.moving("PNG"), "moving"),
    "a WebP that moves": (pictures.moving("WEBP"), "moving"),
}


@pytest.mark.parametrize("what", PHOTOS)
def test_photos_are_known_by_what_they_are_not_by_their_names(what):
    photo = take_photo(uploaded=pictures.uploaded(PHOTOS[what](), "x.svg"), now=pictures.make.NOW)

    assert (photo.width, photo.height) == (96, 64)
    assert photo.page is None


@pytest.mark.parametrize("what", OTHERS)
def test_everything_else_gets_a_sentence_and_leaves_nothing_t22(what):
    data, reasons = OTHERS[what]

    with pytest.raises(Unusable) as refused:
        pictures.taken(data)

    assert str(refused.value) in {SENTENCES[reason] for reason in reasons.split()}
    assert not Photo.objects.exists()
    assert not list(settings.MEDIA_ROOT.rglob("*"))


def test_every_sentence_says_what_to_do():
    for sentence in (*SENTENCES.values(), TOO_LARGE, EMPTY):
        assert "Please" in sentence


def test_an_empty_file_and_one_too_large_are_told_apart():
    empty, large = pictures.uploaded(b""), pictures.uploaded(b"")
    large.size = MOST_BYTES + 1
    for uploaded, sentence in ((empty, EMPTY), (large, TOO_LARGE)):
        with pytest.raises(Unusable) as refused:
            take_photo(uploaded=uploaded, now=pictures.make.NOW)
        assert str(refused.value) == sentence


def pixels_that_spell(code: bytes) -> bytes:
    """A PNG whose compressed pixels hold `code` as they are, as an attacker arranges them."""
    row = b"\0" + code.ljust(96 * 3, b" ")[: 96 * 3]
    raw = row * 64
    stored = b"".join(
        bytes([last]) + struct.pack("<HH", len(part), 0xFFFF - len(part)) + part
        for part, last in ((raw[:9248], 0), (raw[9248:], 1))
    )
    body = b"\x78\x01" + stored + struct.pack(">I", zlib.adler32(raw))
    return pictures.png(96, 64, depth=8, colour=2, body=body)


POLYGLOTS = {
    "a script behind a JPEG": lambda: pictures.jpeg() + SCRIPT,
    "a script in a JPEG's comment": lambda: pictures.jpeg(comment=SCRIPT),
    "a page around a PNG": lambda: pictures.encoded(pictures.grid(), "PNG") + b"<html>" + SCRIPT,
    "a zip behind a WebP": lambda: pictures.encoded(pictures.grid(), "WEBP") + b"PK\x03\x04" + SCRIPT,
    "code in the pixels of a PNG": lambda: pixels_that_spell(SCRIPT),
}


@pytest.mark.parametrize("what", POLYGLOTS)
def test_of_a_file_that_is_two_things_only_the_picture_is_kept_t22(what):
    original = POLYGLOTS[what]()
    assert b"<script>alert(1)" in original, "the test has no teeth"

    photo = pictures.taken(original)

    for name in photo.names:
        data = files.read_sealed(photo.folder, name)
        assert not [each for each in (b"<?", b"<script", b"alert(", b"PK\x03\x04") if each in data]
