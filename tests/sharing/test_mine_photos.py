"""By the private code: photos off at once, new ones once they were read, and all of them in the copy."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import make
from tests.photos.pictures import jpeg
from tests.sharing.mine import opened, page_and_code, press, text_of
from tips.cases.models import Case
from tips.pages.models import Page
from tips.photos import store as photo_store
from tips.photos.models import Photo

pytestmark = pytest.mark.django_db


def add(vik, name: str = "p1.jpg", **said):
    return press(vik, "photo-in", photo=SimpleUploadedFile(name, jpeg()), **said)


def newest_case() -> Case:
    return Case.objects.latest("pk")


def test_a_new_photo_waits_and_the_page_stays_public_as_it_is():
    page, code = page_and_code()
    vik = opened(code)
    assert "enctype" in text_of(press(vik, "ask-photo"))
    assert "waits to be read" in text_of(add(vik, alt="A table"))
    assert Page.objects.published().get() == page
    assert list(photo_store.of(page)) == []
    assert newest_case().state == "waiting"
    make.decide(newest_case())
    photo_store.publish(page=page)
    assert [photo.alt for photo in photo_store.of(page)] == ["A table"]


def test_two_new_ones_wait_together_and_a_page_has_room_for_four():
    page, code = page_and_code()
    vik = opened(code)
    for number in range(4):
        assert add(vik, f"p{number}.jpg").status_code == 200
    assert add(vik).status_code == 409
    assert photo_store.all_of(page).count() == 4
    assert Case.objects.waiting().count() == 1


def test_words_on_it_are_looked_through_for_warning_signs():
    _page, code = page_and_code()
    add(opened(code), caption="I am numb between my legs since this morning and can't pee")
    assert newest_case().priority == 3


def test_what_is_no_photo_is_said_at_the_field_by_its_name():
    _page, code = page_and_code()
    answer = press(opened(code), "photo-in", photo=SimpleUploadedFile("text.jpg", b"Only words."))
    assert answer.status_code == 422
    assert "text.jpg is not a photo" in text_of(answer)
    assert Photo.objects.count() == 0


def test_one_is_taken_off_at_once_and_only_from_ones_own_page():
    page, code = page_and_code()
    _other, foreign = page_and_code(title="Somebody else")
    vik = opened(code)
    for name in ("p1.jpg", "p2.jpg"):
        add(vik, name)
    first, second = photo_store.all_of(page)
    press(opened(foreign), "photo-out", remove=first.public_id)
    assert photo_store.all_of(page).count() == 2
    press(vik, "photo-out", remove=first.public_id)
    assert list(photo_store.all_of(page)) == [second]


def test_the_copies_name_every_photo_and_the_page_carries_them():
    _page, code = page_and_code()
    vik = opened(code)
    add(vik, alt="A table")
    copy = json.loads(press(vik, "json").content)
    assert (copy["photos"][0]["name"], copy["photos"][0]["description"]) == ("photo-1", "A table")
    assert '<img src="data:image/webp;base64,' in text_of(press(vik, "html"))
