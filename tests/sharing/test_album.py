"""Photos on the way to a page: acknowledged one by one, described, taken out, and sent with it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import make
from tests.photos.pictures import jpeg
from tips.guard.models import Draft
from tips.pages.models import Page
from tips.photos.models import Photo

pytestmark = pytest.mark.django_db


def picture(name: str = "IMG_1.JPG") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, jpeg(), "image/jpeg")


def test_a_photo_sent_by_the_page_is_acknowledged_with_its_handle_and_shown_at_once():
    vik = Client()
    answer = vik.post("/share/photo/", {"photo": picture()})
    assert answer.status_code == 201
    assert Photo.objects.loose().get().public_id == answer.json()["id"]
    assert vik.get(answer.json()["src"])["Content-Type"] == "image/webp"


def test_what_is_no_photo_is_said_in_words():
    answer = Client().post("/share/photo/", {"photo": SimpleUploadedFile("a.jpg", b"<?php evil ?>")})
    assert answer.status_code == 422
    assert "JPEG, PNG, WebP or HEIC" in answer.json()["said"]


def test_photos_are_limited_like_everything_else(settings):
    settings.FORM_LIMITS = "photo=1/3600"
    vik = Client()
    assert vik.post("/share/photo/", {"photo": picture()}).status_code == 201
    answer = vik.post("/share/photo/", {"photo": picture()})
    assert (answer.status_code, Photo.objects.count()) == (429, 1)
    assert answer["Retry-After"]


def test_without_script_they_go_with_the_check_and_on_to_the_page():
    vik = Client()
    data = make.filled(vik, "/share/", **make.story(action="check"))
    checked = vik.post("/share/", {**data, "photos": [picture(), picture("b.jpg")], "photo_alt": ["A table"]})
    handles = [photo.public_id for photo, _src in checked.context["photos"]]
    assert len(handles) == 2
    assert 'alt="A table"' in checked.content.decode()
    said = {"photo": handles, "photo_alt": ["A table", "Me"], "photo_caption": ["", "Bent"]}
    assert vik.post("/share/", {**data, **said, "action": "send"}).status_code == 303
    photos = Photo.objects.on(Page.objects.get()).in_order()
    assert [(photo.alt, photo.caption) for photo in photos] == [("A table", ""), ("Me", "Bent")]
    assert not Photo.objects.loose().exists()


def test_sending_without_a_check_takes_them_too_and_twice_is_once_t03():
    vik = Client()
    data = make.filled(vik, "/share/", **make.story())
    for _ in range(2):
        assert vik.post("/share/", {**data, "photos": [picture()], "photo_alt": ["A table"]}).status_code == 303
    assert (Page.objects.count(), Photo.objects.count()) == (1, 1)
    assert Photo.objects.get().alt == "A table"


def test_an_error_in_another_field_keeps_them():
    vik = Client()
    data = make.filled(vik, "/share/", **make.story(title=""))
    for action in ("check", "send"):
        answer = vik.post("/share/", {**data, "action": action, "photos": [picture()]})
        assert answer.status_code == 422
        assert len(answer.context["photos"]) == 1
        assert answer.context["photos"][0][0].public_id in answer.content.decode()


def test_a_broken_one_is_said_at_the_field_and_the_good_one_stays():
    vik = Client()
    data = make.filled(vik, "/share/", **make.story())
    broken = SimpleUploadedFile("b.jpg", jpeg()[:200])
    answer = vik.post("/share/", {**data, "photos": [broken, picture("p1.jpg")]})
    assert answer.status_code == 422
    said = answer.context["form"].errors["photos"][0]
    assert said.startswith("b.jpg is not a photo that we can read")
    assert said.endswith("p1.jpg has arrived.")
    assert "Photos: b.jpg is not a photo" in answer.content.decode(), "in the list of errors as well"
    assert len(answer.context["photos"]) == 1
    assert Page.objects.count() == 0


def test_there_is_room_for_four():
    vik = Client()
    data = make.filled(vik, "/share/", **make.story())
    answer = vik.post("/share/", {**data, "photos": [picture(f"{n}.jpg") for n in range(5)]})
    assert answer.status_code == 422
    assert len(answer.context["photos"]) == 4
    assert "room for 4 photos" in answer.content.decode()


def test_one_is_taken_out_and_the_words_stay():
    vik = Client()
    handles = [vik.post("/share/photo/", {"photo": picture()}).json()["id"] for _ in range(2)]
    data = make.filled(vik, "/share/", **make.story())
    answer = vik.post("/share/", {**data, "photo": handles, "photo_alt": ["One", "Two"], "remove_photo": handles[0]})
    assert answer.status_code == 200
    assert "seized" in answer.content.decode()
    assert [photo.alt for photo, _src in answer.context["photos"]] == ["Two"]
    assert [photo.public_id for photo in Photo.objects.all()] == [handles[1]]


def test_they_come_back_with_the_draft_and_go_with_it():
    vik = Client()
    handle = vik.post("/share/photo/", {"photo": picture()}).json()["id"]
    data = make.filled(vik, "/share/", **make.story(photo=handle, photo_alt="A table", photo_caption=""))
    vik.post("/share/draft/", data)
    assert [photo.alt for photo, _src in vik.get("/share/").context["photos"]] == ["A table"]
    assert Photo.objects.get().alt == "", "the words are in the sealed draft alone"
    vik.post("/share/draft/forget/")
    assert (Photo.objects.count(), Draft.objects.count()) == (0, 0)


def test_a_handle_that_is_gone_is_said_and_not_passed_over():
    vik = Client()
    data = make.filled(vik, "/share/", **make.story(photo="0" * 20, photo_alt="Gone"))
    answer = vik.post("/share/", data)
    assert answer.status_code == 422
    assert "no longer here" in answer.content.decode()


def test_words_on_a_photo_are_looked_through_for_warning_signs():
    vik = Client()
    handle = vik.post("/share/photo/", {"photo": picture()}).json()["id"]
    words = "I am numb between my legs since this morning and can't pee"
    data = make.filled(vik, "/share/", **make.story(action="check", photo=handle, photo_alt="", photo_caption=words))
    assert "999" in vik.post("/share/", data).content.decode()


def test_the_same_form_with_other_photos_is_not_taken_for_the_same_t03():
    vik = Client()
    data = make.filled(vik, "/share/", **make.story())
    assert vik.post("/share/", {**data, "photos": [picture()]}).status_code == 303
    assert vik.post("/share/", data).status_code == 422
    assert vik.post("/share/", {**data, "photos": [picture()], "photo_alt": ["Other words"]}).status_code == 422
    assert Page.objects.count() == 1


def test_a_client_that_sends_every_field_of_the_form_loses_nothing_by_an_empty_one():
    vik = Client()
    sent = {**make.story(), "photo": "", "photo_alt": "", "photo_caption": "", "action": "send"}
    assert vik.post("/share/", make.filled(vik, "/share/", **sent)).status_code == 303
