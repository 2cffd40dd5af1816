"""Olga's first five minutes: she says who she is, shows her photo, and sees that mail reaches her."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from tests import make
from tests.course.mailbox import Mailbox, text_of
from tips.desk.letters import PURPOSES
from tips.freshness.slots import generation
from tips.index.models import StoredPassage
from tips.mail.models import Delivery
from tips.mail.sending import send_due
from tips.practice.current import site
from tips.practice.models import Practice

pytestmark = pytest.mark.django_db

ANSWERS = {
    "name": "Olga Marsh",
    "site_name": "Olga’s back page",
    "qualifications": "Physiotherapist since 1998",
    "about": "I garden, and I have had a sore back myself.",
    "photo_alt": "",
    "country": "IE",
    "time_zone": "Europe/Dublin",
    "contact_hours": "I answer on Fridays.",
    "notify": "olga@example.org",
}


@pytest.fixture
def olga() -> Client:
    return make.signed_in(make.olga())


def photo(size: tuple[int, int] = (1600, 1200), form: str = "JPEG", **saved: object) -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", size, (47, 97, 71)).save(out, form, **saved)
    return SimpleUploadedFile("IMG_2041 Olga at home.jpg", out.getvalue(), content_type="image/jpeg")


def test_what_olga_says_stands_on_every_page(olga, client, django_capture_on_commit_callbacks):
    make.article("about", "About this site", "Who is speaking.", kind="info")
    assert olga.get("/desk/setup/").status_code == 200

    with django_capture_on_commit_callbacks(execute=True):
        answer = olga.post("/desk/setup/", ANSWERS)

    assert (answer.status_code, answer["Location"]) == (303, "/desk/setup/")
    shown = client.get("/about/").content.decode()
    assert "Olga Marsh" in shown
    assert "Physiotherapist since 1998" in shown
    assert "I answer on Fridays." in shown
    assert Practice.objects.get().set_up


def test_every_page_that_prints_it_is_stale_afterwards(olga, django_capture_on_commit_callbacks):
    before = generation("practice")

    with django_capture_on_commit_callbacks(execute=True):
        olga.post("/desk/setup/", ANSWERS)

    assert generation("practice") != before
    assert (site().name, site().country) == ("Olga’s back page", "IE")


def test_the_search_finds_warning_signs_with_the_numbers_of_her_country(olga, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        olga.post("/desk/setup/", ANSWERS)

    bodies = " ".join(StoredPassage.objects.filter(kind="warning").values_list("body", flat=True))
    assert "112" in bodies
    assert "NHS 111" not in bodies


def test_all_may_be_left_out_but_country_and_time_zone(olga):
    empty = {**dict.fromkeys(ANSWERS, ""), "country": "GB", "time_zone": "Europe/London"}

    assert olga.post("/desk/setup/", empty).status_code == 303


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("notify", "olga at example", "does not look like an e-mail address"),
        ("country", "XX", "not one of the available choices"),
        ("time_zone", "Mars/Olympus", "not one of the available choices"),
        ("name", "x" * 81, "at most 80 characters"),
    ],
)
def test_a_mistake_keeps_everything_typed(olga, field, typed, said):
    answer = olga.post("/desk/setup/", {**ANSWERS, field: typed})

    assert answer.status_code == 422
    shown = answer.content.decode()
    assert said in shown
    assert "Physiotherapist since 1998" in shown
    assert not Practice.objects.exists()


def test_her_photo_is_redrawn_and_public(olga, client):
    exif = Image.Exif()
    exif[0x010F] = "CanaryCamera"
    exif[0x0112] = 6  # lying on its side

    answer = olga.post("/desk/setup/", {**ANSWERS, "photo_file": photo(exif=exif), "photo_alt": "Olga in her garden"})

    assert answer.status_code == 303
    shown = client.get("/about/photo.webp")
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/webp")
    assert "public" in shown["Cache-Control"]
    assert not shown.cookies
    assert b"Canary" not in shown.content
    assert b"EXIF" not in shown.content
    with Image.open(io.BytesIO(shown.content)) as redrawn:
        assert (redrawn.format, redrawn.mode, redrawn.size) == ("WEBP", "RGB", (600, 800))


def test_the_page_about_her_keeps_the_place_of_her_photo_free(olga, client, django_capture_on_commit_callbacks):
    make.article("about", "About this site", kind="info")
    with django_capture_on_commit_callbacks(execute=True):
        olga.post("/desk/setup/", {**ANSWERS, "photo_file": photo((300, 200)), "photo_alt": "Olga"})
    assert '<img src="/about/photo.webp" alt="Olga" width="240" height="160" loading="lazy">' in (
        client.get("/about/").content.decode()
    )


def test_a_later_change_keeps_the_photo_until_she_takes_it_away(olga, client):
    olga.post("/desk/setup/", {**ANSWERS, "photo_file": photo((300, 200)), "photo_alt": "Olga"})

    olga.post("/desk/setup/", {**ANSWERS, "name": "Olga M."})
    assert client.get("/about/photo.webp").status_code == 200
    olga.post("/desk/setup/", {**ANSWERS, "remove_photo": "on"})
    assert client.get("/about/photo.webp").status_code == 404


def test_without_a_photo_there_is_none(client):
    assert client.get("/about/photo.webp").status_code == 404


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (SimpleUploadedFile("a.jpg", b"<svg onload=alert(1)>"), "cannot be read as a photo"),
        (SimpleUploadedFile("a.jpg", photo().read()[:2000]), "cannot be read as a photo"),
        (photo(form="GIF"), "cannot be read as a photo"),
        (photo((8000, 5001), "PNG"), "more than 40 million pixels"),
        (SimpleUploadedFile("a.jpg", b"x" * 10_000_001), "larger than 10 MB"),
    ],
    ids=["not a picture", "half a picture", "another format", "too many pixels", "too many bytes"],
)
def test_what_is_no_good_photo_is_refused_with_the_reason(olga, file, said):
    file.seek(0)

    answer = olga.post("/desk/setup/", {**ANSWERS, "photo_file": file, "photo_alt": "Olga"})

    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_photo_needs_words_for_those_who_cannot_see_it(olga):
    answer = olga.post("/desk/setup/", {**ANSWERS, "photo_file": photo()})

    assert answer.status_code == 422
    assert "what the photo shows" in answer.content.decode()


def test_a_test_letter_is_on_its_way_to_her(olga, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        olga.post("/desk/setup/", ANSWERS)

    assert olga.post("/desk/setup/test-mail/").status_code == 303
    (delivery,) = Delivery.objects.filter(purpose="desk/mail/test")
    assert delivery.recipient == "olga@example.org"
    mailbox = Mailbox()
    send_due(PURPOSES, now=timezone.now(), transport=mailbox)
    (letter,) = mailbox.mails
    assert letter["To"] == "olga@example.org"
    assert "your site can send mail to this address" in " ".join(text_of(letter).split())


def test_without_an_address_there_is_no_test_letter(olga):
    answer = olga.post("/desk/setup/test-mail/", follow=True)

    assert "Please enter your address first" in answer.content.decode()
    assert not Delivery.objects.exists()
