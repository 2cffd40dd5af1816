"""A photo that could not be taken is said with every press, until it is dealt with, and holds nobody up."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import make
from tests.photos.pictures import jpeg
from tips.pages.models import Page

pytestmark = pytest.mark.django_db
WORDS = "text.jpg is not a photo that we can read"


def begun(client: Client, **over):
    """Vik chose one bad file and one good one; what the form carries after that."""
    data = make.filled(client, "/share/", **make.story(action="check", **over))
    files = [SimpleUploadedFile("text.jpg", b"Only words."), SimpleUploadedFile("p1.jpg", jpeg())]
    answer = client.post("/share/", {**data, "photos": files})
    assert answer.status_code == 422
    kept = {"photo": [photo.public_id for photo, _src in answer.context["photos"]]}
    return answer.content.decode(), {**data, **kept, "photo_left_out": answer.context["left_out"]}


def test_an_error_in_another_field_hides_no_photo_error():
    vik = Client()
    text, data = begun(vik, title="")
    assert WORDS in text
    assert "A title: please give it a title" in text
    again = vik.post("/share/", data).content.decode()
    assert f"Photos: {WORDS}" in again


def test_the_check_page_counts_the_photos_and_says_what_is_missing():
    vik = Client()
    _text, data = begun(vik)
    checked = vik.post("/share/", data)
    assert checked.status_code == 200
    assert WORDS in checked.content.decode()
    assert "1 photo." in checked.content.decode()
    assert vik.post("/share/", {**data, "action": "send"}).status_code == 303
    assert Page.objects.get().photos.count() == 1


def test_without_photos_the_check_page_says_so():
    vik = Client()
    data = make.filled(vik, "/share/", **make.story(action="check"))
    assert "No photos." in vik.post("/share/", data).content.decode()


@pytest.mark.parametrize("press", ["another", "without"])
def test_it_is_dealt_with_by_another_photo_or_by_going_on_without(press):
    vik = Client()
    _text, data = begun(vik)
    assert WORDS in vik.post("/share/", {**data, "action": "edit"}).content.decode()
    more = {"remove_photo": "without-it"} if press == "without" else {"photos": [SimpleUploadedFile("b.jpg", jpeg())]}
    answer = vik.post("/share/", {**data, **more})
    assert answer.status_code == 200
    assert WORDS not in answer.content.decode()


def test_a_wrong_number_of_another_kind_is_said_and_not_hidden():
    vik = Client()
    text = vik.post("/share/", make.filled(vik, "/share/", **make.story(kind="tip", weeks_done="six"))).content.decode()
    assert "whole number" in text
    assert '<details class="more" open>\n<summary>How it went: before and after' in text
