"""What nobody sent, and files that no row names, go; what is needed stays. AVIF is drawn for public photos alone."""

from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest
from django.conf import settings
from django.utils import timezone

from backsite import housekeeping
from tests import make
from tests.photos import pictures
from tips.freshness.slots import generation
from tips.pages.models import Page
from tips.photos import avif, files, store
from tips.photos.models import Photo

pytestmark = pytest.mark.django_db


def attached(photo: Photo) -> Photo:
    page = make.waiting_page()
    store.attach(photos=[photo], page=page, case=make.case_of(page))
    return photo


def shown() -> Photo:
    photo = attached(pictures.taken())
    make.decide(make.case_of(cast(Page, photo.page)))
    photo.refresh_from_db()
    return photo


def lying(kind: str) -> set[str]:
    folder = Path(settings.MEDIA_ROOT) / kind
    return {path.name for path in folder.iterdir()} if folder.is_dir() else set()


def test_a_photo_that_was_never_sent_lives_as_long_as_a_draft(django_capture_on_commit_callbacks):
    draft, sent = pictures.taken(), attached(pictures.taken())
    with django_capture_on_commit_callbacks(execute=True):
        store.collect(make.NOW + timedelta(days=7))
    assert lying("sealed") == {draft.folder, sent.folder}

    with django_capture_on_commit_callbacks(execute=True):
        store.collect(make.NOW + timedelta(days=8))
    assert lying("sealed") == {sent.folder}
    assert list(Photo.objects.all()) == [sent]


@pytest.mark.parametrize(("kind", "grace"), [("sealed", 24), ("p", 1)])
def test_files_without_a_row_go_once_no_row_can_be_on_its_way(kind, grace):
    needed = shown() if kind == "p" else attached(pictures.taken())
    write = files.write_open if kind == "p" else files.write_sealed
    write("a" * 32, {"96.webp": b"x"})
    (Path(settings.MEDIA_ROOT) / kind / f"{'b' * 32}.part").mkdir()

    store.collect(timezone.now() + timedelta(hours=grace) - timedelta(minutes=5))
    assert len(lying(kind)) == 3
    store.collect(timezone.now() + timedelta(hours=grace, minutes=5))
    assert lying(kind) == {needed.folder}


def test_an_open_copy_of_a_photo_that_is_sealed_goes_too():
    photo = attached(pictures.taken())
    files.write_open(photo.folder, {"96.webp": b"x"})
    store.collect(timezone.now() + timedelta(hours=2))

    assert lying("p") == set()
    assert lying("sealed") == {photo.folder}


def test_avif_is_added_to_public_photos_and_their_page_is_made_anew(django_capture_on_commit_callbacks):
    photo, waiting = shown(), attached(pictures.taken())
    before = generation(photo.page.source_key)
    with django_capture_on_commit_callbacks(execute=True):
        avif.add_missing(make.NOW)
    photo.refresh_from_db()
    waiting.refresh_from_db()

    assert photo.has_avif
    assert not waiting.has_avif
    assert generation(photo.page.source_key) != before
    assert files.read_open(photo.folder, "96.avif")[4:12] == b"ftypavif"
    assert f"/media/p/{photo.folder}/96.avif 96w" in make.Client().get(photo.page.get_absolute_url()).content.decode()


def test_avif_goes_and_comes_with_its_photo():
    photo = shown()
    avif.add_missing(make.NOW)
    store.hide(page=photo.page)
    photo.refresh_from_db()
    assert files.read_sealed(photo.folder, "96.avif")[4:12] == b"ftypavif"
    store.publish(page=photo.page)
    photo.refresh_from_db()
    assert files.read_open(photo.folder, "96.avif")


def test_a_photo_hidden_while_its_avif_was_drawn_stays_hidden():
    photo = shown()
    store.hide(page=photo.page)
    files.remove("p", photo.folder)

    with pytest.raises(FileNotFoundError):
        avif.add_avif(photo)
    assert not Photo.objects.get(pk=photo.pk).has_avif
    assert photo.folder not in lying("p")


def test_one_that_cannot_be_drawn_keeps_nobody_else_waiting():
    broken, good = shown(), shown()
    (files.path_of("p", broken.folder) / "96.jpg").write_bytes(b"gone bad")
    avif.add_missing(make.NOW)

    assert [Photo.objects.get(pk=each.pk).has_avif for each in (broken, good)] == [False, True]


def test_the_worker_does_both():
    names = {task.__name__ for task in housekeeping.HOURLY}

    assert {"forget_photos", "draw_photos"} <= names
    photo = shown()
    housekeeping.tidy(timezone.now())
    assert Photo.objects.get(pk=photo.pk).has_avif
