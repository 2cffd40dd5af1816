"""T25: at the address of a photo there is a photo and nothing else; before approval, for few eyes and not for long."""

from datetime import timedelta
from typing import cast

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from tests import make
from tests.photos import pictures
from tips.pages.models import Page
from tips.photos import files, store
from tips.photos.links import LASTS, author_link, photo_behind
from tips.photos.models import Photo

pytestmark = pytest.mark.django_db


def waiting() -> Photo:
    page = make.waiting_page()
    photo = pictures.taken(alt="A chair")
    store.attach(photos=[photo], page=page, case=make.case_of(page))
    return photo


def shown() -> Photo:
    photo = waiting()
    make.decide(make.case_of(cast(Page, photo.page)))
    photo.refresh_from_db()
    return photo


def body(answer) -> bytes:
    return b"".join(answer) if answer.streaming else answer.content


@pytest.mark.parametrize(("form", "kind"), [("webp", "image/webp"), ("jpg", "image/jpeg")])
def test_it_is_served_as_a_picture_and_can_do_nothing_t25(form, kind):
    photo = shown()
    answer = Client().get(f"/media/p/{photo.folder}/96.{form}", headers={"accept": "text/html", "range": "bytes=0-9"})

    assert answer.status_code == 200
    assert answer["Content-Type"] == kind
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"] == f'inline; filename="photo.{form}"'
    assert "immutable" in answer["Cache-Control"]
    assert "Last-Modified" not in answer
    assert not answer.cookies
    assert body(answer) == files.read_open(photo.folder, f"96.{form}")


def test_no_question_to_the_database_is_needed(django_assert_num_queries):
    photo = shown()
    with django_assert_num_queries(0):
        assert Client().get(f"/media/p/{photo.folder}/96.webp").status_code == 200


TRICKS = """
    /media/p/{folder}/96.html /media/p/{folder}/96.svg /media/p/{folder}/96.webp/ /media/p/{folder}/96.webp/x.css
    /media/p/{folder}/ /media/p/{folder} /media/p/ /media/ /media/p/{folder}/097.webp /media/p/{folder}/97.webp
    /media/p/{folder}/../{folder}/96.webp /media/p/{folder}/..%2f..%2fsealed%2f{sealed}%2f96.webp
    /media/p/..%2fsealed/{sealed}/96.webp /media/sealed/{sealed}/96.webp /media/sealed/{folder}/96.webp
    /media/p/{sealed}/96.webp /media/p/{folder}/96.webp%00.html /media/p/{folder}/96.webp%0a /media/P/{folder}/96.webp
    /media/p/{folder}/%39%36.webp.html //media/p/{folder}/96.webp /media//p/{folder}/96.webp
    /media/p/{folder}/96.webp;x.css /media/backsite.sqlite3 /media/../backsite.sqlite3 /media/p/{folder}/٩٦.webp
""".split()


@pytest.mark.parametrize("trick", TRICKS)
def test_no_other_way_to_write_the_address_leads_anywhere_t25(trick):
    sealed, photo = waiting(), shown()
    (files.path_of("p", photo.folder) / "x.html").write_text("<script>")

    assert Client().get(trick.format(folder=photo.folder, sealed=sealed.folder)).status_code in {404, 400}


def test_a_question_mark_changes_nothing_t25():
    photo = shown()
    answer = Client().get(f"/media/p/{photo.folder}/96.webp?x.html")

    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")


def test_only_moderators_see_what_waits_and_nobody_keeps_it():
    photo = waiting()
    address = f"/moderation/photos/{photo.public_id}.webp"
    answer = make.signed_in(make.mina()).get(address)

    assert body(answer)[8:12] == b"WEBP"
    assert "no-store" in answer["Cache-Control"]
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert Client().get(address).status_code == 302
    assert make.signed_in(make.ana()).get(address).status_code == 404


def test_not_even_moderators_see_a_draft():
    draft = pictures.taken()

    assert make.signed_in(make.mina()).get(f"/moderation/photos/{draft.public_id}.webp").status_code == 404


def test_the_page_of_a_case_shows_its_photos_behind_a_veil():
    photo = waiting()
    text = make.signed_in(make.mina()).get(f"/moderation/{photo.case_id}/").content.decode()

    assert text.count('<details class="veil">') == 1
    assert f"/moderation/photos/{photo.public_id}.webp" in text
    assert "A chair" in text
    style = (settings.BASE_DIR / "backsite/static/css/site.css").read_text()
    assert ".veil:not([open]) img { filter: blur" in style


def test_its_author_sees_it_for_a_quarter_of_an_hour():
    photo, now = pictures.taken(), timezone.now().replace(microsecond=0)
    link = author_link(photo, now=now)
    word = link.split("/")[2]
    answer = Client().get(link)

    assert body(answer)[8:12] == b"WEBP"
    assert answer["Cache-Control"] == "private, no-store"
    assert photo_behind(word, now=now + LASTS) == photo
    assert photo_behind(word, now=now + LASTS + timedelta(seconds=1)) is None
    assert photo_behind(word, now=now - timedelta(minutes=2)) is None
    assert Client().get(author_link(photo, now=now - timedelta(minutes=16))).status_code == 404


def test_a_made_up_or_changed_link_shows_nothing():
    link = author_link(waiting(), now=timezone.now())
    for word in (
        "x",
        photo_id(link)[:-1] + ("A" if link[-2] != "A" else "B"),
        f"{photo_id(link)}x",
        pictures.taken().public_id,
    ):
        assert Client().get(f"/photos/{word}/").status_code == 404


def photo_id(link: str) -> str:
    return link.split("/")[2]


def test_what_its_author_sees_is_there_whatever_became_of_it():
    for photo in (waiting(), shown()):
        assert Client().get(author_link(photo, now=timezone.now())).status_code == 200
    photo = shown()
    link = author_link(photo, now=timezone.now())
    store.erase_photos(photos=[photo])
    assert Client().get(link).status_code == 404
