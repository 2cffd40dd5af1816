"""T36: no byte of what a camera or a program wrote into the file is in any copy of ours; the original is nowhere."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from tests import make
from tests.photos import pictures
from tests.photos.chunks import strange_parts
from tips.photos import avif, files, store
from tips.photos.models import Photo
from tips.photos.taking import take_photo

pytestmark = pytest.mark.django_db

TELLING = {
    "JPEG": pictures.telling_jpeg,
    "PNG": pictures.telling_png,
    "WebP": pictures.telling_webp,
    "HEIC": lambda: pictures.HEIC,
}


def copies(photo: Photo) -> dict[str, bytes]:
    read = files.read_open if photo.is_published else files.read_sealed
    return {name: read(photo.folder, name) for name in photo.names}


def published(photo: Photo) -> Photo:
    page = make.waiting_page()
    store.attach(photos=[photo], page=page, case=make.case_of(page))
    make.decide(make.case_of(page))
    photo.refresh_from_db()
    return photo


@pytest.mark.parametrize("form", TELLING)
def test_the_original_tells_and_no_copy_does_t36(form):
    original = TELLING[form]()
    assert [each for each in pictures.CANARIES if each in original], "the test has no teeth"

    made = copies(pictures.taken(original))

    assert {name: strange_parts(name, data) for name, data in made.items()} == {name: [] for name in made}
    assert [(name, each) for name, data in made.items() for each in pictures.CANARIES if each in data] == []


def test_neither_do_the_copies_that_the_worker_adds_t36():
    photo = published(pictures.taken(pictures.telling_jpeg()))
    avif.add_missing(make.NOW)
    photo.refresh_from_db()
    made = copies(photo)

    assert photo.has_avif
    assert [strange_parts(name, data) for name, data in made.items()] == [[]] * len(made)
    assert [each for data in made.values() for each in pictures.CANARIES if each in data] == []


@pytest.mark.parametrize("form", TELLING)
def test_the_parser_of_this_test_sees_what_it_looks_for(form):
    named = {"JPEG": "a.jpg", "WebP": "a.webp"}.get(form)

    assert named is None or strange_parts(named, TELLING[form]())


def test_before_approval_no_file_of_it_can_be_read_or_told_to_be_a_picture_t36():
    photo = pictures.taken(pictures.telling_jpeg())
    lying = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]

    assert len(lying) == len(photo.names)
    for path in lying:
        assert path.is_relative_to(Path(settings.MEDIA_ROOT) / "sealed" / photo.folder)
        data = path.read_bytes()
        assert b"RIFF" not in data[:64]
        assert b"JFIF" not in data[:64]
        assert data != files.read_sealed(photo.folder, path.name)


def test_neither_the_original_nor_its_name_is_kept_anywhere_t36(tmp_path):
    original = pictures.telling_jpeg()
    photo = published(pictures.taken(original))
    everything = [path for path in (*tmp_path.rglob("*"), *Path(settings.HOME).rglob("*")) if path.is_file()]

    assert [path for path in everything if original[100:400] in path.read_bytes()] == []
    assert "holiday" not in str([Photo.objects.values().get(pk=photo.pk), everything])


def test_names_of_files_tell_nothing_and_lead_nowhere_t22():
    for name in ("../../etc/passwd.jpg", "shell.jpg.php", "a\0b.jpg", "Mary Miller, 4 Elm Road.jpg"):
        given = pictures.uploaded(pictures.jpeg())
        photo = take_photo(uploaded=UploadedFile(file=given.file, name=name, size=given.size), now=make.NOW)
        assert {path.name for path in files.path_of("sealed", photo.folder).iterdir()} == {"96.jpg", "96.webp"}
        assert len(photo.folder) == 32


def test_the_time_of_every_file_is_the_same_t37():
    photo = published(pictures.taken())
    folder = files.path_of("p", photo.folder)

    assert {path.stat().st_mtime for path in (folder, folder.parent, *folder.iterdir())} == {0.0}
    assert type(photo.taken_on).__name__ == "date"
