"""T22, whole: what an ill-wisher sends as a photo, under whatever name, and what a reader's browser gets of it."""

import itertools

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import make
from tests.photos.test_serving import body
from tests.photos.test_what_is_taken import OTHERS, POLYGLOTS
from tips.pages.models import Page
from tips.photos.models import Photo

pytestmark = pytest.mark.django_db

NAMES = ["shell.php.jpg", "shell.jpg.php", "../../etc/cron.d/shell.jpg", "page.html", "picture.svg;.jpg"]
REFUSED = ["a page", "SVG", "PDF", "GIF", "zip", "a JPEG's first bytes"]
HARM = (b"<?", b"<script", b"alert(", b"PK\x03\x04", b"shell")


def sent(data: bytes, name: str, said: str = "image/jpeg"):
    return Client().post("/share/photo/", {"photo": SimpleUploadedFile(name, data, said)})


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_photo_stays_none_under_any_name_and_any_promise_t22(what):
    said = itertools.cycle(["image/jpeg", "image/png", "image/svg+xml", "text/html"])
    answers = [sent(OTHERS[what][0], name, next(said)) for name in NAMES]

    assert {answer.status_code for answer in answers} == {422}
    assert not Photo.objects.exists()


@pytest.mark.parametrize(("what", "name"), list(zip(POLYGLOTS, NAMES, strict=True)))
def test_a_reader_gets_a_picture_at_a_random_address_and_nothing_else_t22(
    what, name, django_capture_on_commit_callbacks
):
    handles = [sent(POLYGLOTS[what](), name).json()["id"] for _ in range(2)]
    vik = Client()
    vik.post("/share/", make.filled(vik, "/share/", **make.story(photo=handles, photo_alt=["One", "Two"])))
    with django_capture_on_commit_callbacks(execute=True):
        make.decide(make.case_of(Page.objects.get()))
    shown = list(Photo.objects.all())

    assert len({*handles, *(photo.folder for photo in shown)}) == 4, "the same file twice: nothing of it is in the name"
    for photo, form in itertools.product(shown, ["webp", "jpg"]):
        answer = Client().get(f"/media/p/{photo.folder}/96.{form}")
        assert (answer.status_code, answer["X-Content-Type-Options"]) == (200, "nosniff")
        assert answer["Content-Type"] in {"image/webp", "image/jpeg"}
        assert answer["Content-Disposition"] == f'inline; filename="photo.{form}"'
        assert [each for each in HARM if each in body(answer)] == []
