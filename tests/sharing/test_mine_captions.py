"""Vik says in other words what can be seen on his photos."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests import make
from tests.sharing.mine import opened, page_and_code, press, receipt_of, text_of
from tips.cases.models import Case
from tips.moderation import flows as moderation
from tips.pages.models import Page
from tips.photos.files import write_sealed
from tips.photos.models import Photo
from tips.sharing import mine_photos

pytestmark = pytest.mark.django_db
LONG = (
    "Somebody bends forward over a table with both hands on it, and a red wheelbarrow stands outside behind the window."
)


def photographed(*, public: bool = True) -> tuple[Page, Photo, str]:
    page, code = page_and_code(public=public)
    photo = make.photo(page, alt="A kitchen tabel", caption="This is how I stood", shown=public)
    return page, photo, code


def describe(code: str, photo: Photo, **said: Any) -> Any:
    words = {"alt": "A kitchen tabel", "caption": "This is how I stood", **said}
    return press(opened(code), "describe", **{f"{name}_{photo.public_id}": text for name, text in words.items()})


def test_the_form_shows_every_photo_with_its_words():
    _page, photo, code = photographed()
    text = text_of(press(opened(code), "captions"))
    assert 'value="A kitchen tabel"' in text
    assert 'value="This is how I stood"' in text
    assert text.count("<figure>") == 1
    assert photo.public_id in text


def test_a_slip_of_the_pen_is_mended_at_once_and_pressed_twice_it_is_mended_once():
    page, photo, code = photographed()
    assert "is on the site" in text_of(describe(code, photo, alt="A kitchen table"))
    assert 'alt="A kitchen table"' in text_of(Client().get(page.get_absolute_url()))
    assert "Nothing has changed." in text_of(describe(code, photo, alt="A kitchen table"))
    assert Case.objects.waiting().count() == 0


def test_more_is_read_first_and_an_undo_brings_the_old_words_back():
    page, photo, code = photographed()
    answer = describe(code, photo, alt=LONG)
    assert "A new version waits to be read" in text_of(answer)
    assert LONG in text_of(answer), "its author sees the new words"
    assert "wheelbarrow stands" not in text_of(Client().get(page.get_absolute_url()))
    case = Case.objects.waiting().get()
    assert "<ins>" in text_of(make.signed_in(make.mina()).get(f"/moderation/{case.pk}/"))
    decision = moderation.publish(case=case, by=None, version=case.version, now=timezone.now())
    assert LONG in text_of(Client().get(page.get_absolute_url()))
    moderation.undo(decision=decision, by=None, now=timezone.now())
    assert 'alt="A kitchen tabel"' in text_of(Client().get(page.get_absolute_url()))


def test_while_nobody_has_read_it_the_new_words_stand_in_for_the_old_and_are_weighed():
    page, photo, code = photographed(public=False)
    describe(code, photo, caption="I am numb between my legs since this morning and can't pee")
    photo.refresh_from_db()
    assert photo.caption.startswith("I am numb")
    assert make.case_of(page).priority == 3


def test_the_words_of_a_photo_that_is_taken_off_go_from_every_version():
    page, photo, code = photographed()
    describe(code, photo, caption=LONG)
    assert any("red wheelbarrow" in str(each.answers) for each in page.revisions.all())
    press(opened(code), "photo-out", remove=photo.public_id)
    assert not any("red wheelbarrow" in str(each.answers) for each in page.revisions.all())
    make.decide(Case.objects.waiting().get())


def test_a_photo_that_came_meanwhile_keeps_its_words():
    page, _photo, code = photographed()
    vik = opened(code)
    form = re.findall(r'name="((?:alt|caption)_\w+)"', text_of(press(vik, "captions")))
    other = make.photo(page, alt="Another")
    press(vik, "describe", **dict.fromkeys(form, "A table"))
    other.refresh_from_db()
    assert other.alt == "Another"


def test_many_small_steps_do_not_make_a_long_way_for_a_photo_that_came_later_either():
    page, code = page_and_code()
    photo = Photo.objects.create(width=96, height=64, widths=[96], taken_on=make.TODAY, alt="one two three four five")
    write_sealed(photo.folder, dict.fromkeys(photo.names, b"RIFF\x04\x00\x00\x00WEBP"))
    mine_photos.add_photo(receipt=receipt_of(code), photo=photo, now=timezone.now())
    make.decide(Case.objects.waiting().get())
    steps = (
        "red two three four five",
        "red hot three four five",
        "red hot chilli four five",
        "red hot chilli oil five",
    )
    said = [text_of(describe(code, photo, alt=alt, caption="")) for alt in (*steps, "red hot chilli oil sold")]
    assert 'alt="red hot chilli oil five"' in text_of(Client().get(page.get_absolute_url()))
    assert "waits to be read" in said[-1]
    assert "sold" not in text_of(Client().get(page.get_absolute_url()))


def test_what_is_too_long_is_said_at_the_field():
    _page, photo, code = photographed()
    answer = describe(code, photo, alt="x" * 251)
    assert answer.status_code == 422
    assert "x" * 251 in text_of(answer)
