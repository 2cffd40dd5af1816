"""A photo waits with its page, is shown with it, goes with it, and comes back with it."""

from contextlib import suppress
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.utils import timezone

from tests import make
from tests.photos import pictures
from tips.cases.models import Case, Decision, State
from tips.moderation import flows as moderation
from tips.pages.models import Page, Revision, Visibility
from tips.photos import files, store
from tips.photos.models import Photo

pytestmark = pytest.mark.django_db


@pytest.fixture
def commits(django_capture_on_commit_callbacks):
    """`with commits(execute=True)`: what waits for a commit happens at its end, as it does outside a test."""
    return django_capture_on_commit_callbacks


def waiting(*words: str) -> tuple[Page, list[Photo]]:
    page = make.waiting_page()
    photos = [pictures.taken(alt=alt, caption=f"{alt}, close up") for alt in words or ("A chair",)]
    store.attach(photos=photos, page=page, case=make.case_of(page))
    return page, photos


def shown(words: tuple[str, ...] = ("A chair",)) -> tuple[Page, list[Photo]]:
    page, photos = waiting(*words)
    make.decide(make.case_of(page))
    page.refresh_from_db()
    return page, [again(photo) for photo in photos]


def again(photo: Photo) -> Photo:
    return Photo.objects.get(pk=photo.pk)


def folders(kind: str) -> set[str]:
    folder = Path(settings.MEDIA_ROOT) / kind
    return {path.name for path in folder.iterdir()} if folder.is_dir() else set()


def decide(what, page: Page, **over):
    case = make.case_of(page)
    return what(case=case, by=None, version=case.version, now=timezone.now(), **over)


def hide(page: Page) -> Decision:
    return decide(moderation.hide, page, reason="hate", note="")


def addresses(page: Page) -> list[str]:
    text = Client().get(page.get_absolute_url()).content.decode()
    return [f"/media/p/{part.split()[0]}" for part in text.replace('"', " ").split("/media/p/")[1:]]


def test_a_page_shows_its_photos_in_order_with_words_and_sizes(commits):
    with commits(execute=True):
        page, photos = shown(("A chair <b>", "A mat"))
    text = Client().get(page.get_absolute_url()).content.decode()

    assert text.index("A chair &lt;b&gt;") < text.index("A mat")
    assert "<figcaption>A mat, close up</figcaption>" in text
    assert text.count('width="96" height="64"') == len(photos)
    first, second = (part.split(">")[0] for part in text.split("<img ")[1:])
    assert ('fetchpriority="high"' in first, 'loading="lazy"' in first) == (True, False), "it is wanted at once"
    assert ('fetchpriority="high"' in second, 'loading="lazy"' in second) == (False, True), "only when it is near"
    assert {Client().get(address).status_code for address in addresses(page)} == {200}


def test_no_photo_is_public_before_its_page_is(commits):
    with commits(execute=True):
        page, (photo,) = waiting()

    assert not store.of(page).exists()
    assert not folders("p")
    assert Client().get(f"/media/p/{photo.folder}/96.webp").status_code == 404
    assert Client().get(f"/media/sealed/{photo.folder}/96.webp").status_code == 404


def test_when_it_is_approved_the_files_move_to_an_address_that_nobody_could_know(commits):
    with commits(execute=True):
        page, (before,) = waiting()
    with commits(execute=True):
        make.decide(make.case_of(page))
    photo = again(before)

    assert photo.folder != before.folder
    assert (folders("p"), folders("sealed")) == ({photo.folder}, set())


def test_hidden_is_gone_at_once_and_undone_is_back_at_another_address(commits):
    with commits(execute=True):
        page, (photo,) = shown()
    old = addresses(page)
    with commits(execute=True):
        decision = hide(page)

    assert {Client().get(address).status_code for address in old} == {404}
    assert not folders("p")
    assert again(photo).visibility == Visibility.GONE
    with commits(execute=True):
        moderation.undo(decision=decision, by=None, now=timezone.now())
    page.refresh_from_db()
    assert {Client().get(address).status_code for address in addresses(page)} == {200}
    assert not set(addresses(page)) & set(old)
    assert not folders("sealed")


def test_publishing_undone_seals_it_again(commits):
    with commits(execute=True):
        shown()
        decision = Decision.objects.latest("pk")
    with commits(execute=True):
        moderation.undo(decision=decision, by=None, now=timezone.now())

    assert not folders("p")
    assert len(folders("sealed")) == 1


def test_a_photo_of_a_later_version_waits_for_that_version(commits):
    with commits(execute=True):
        page, (first,) = shown()
        later = Case.objects.create(kind="page", opened_at=timezone.now())
        Revision.objects.create(
            page=page, origin="visitor", title=page.title, source=page.source, case=later, made_on=make.TODAY
        )
        second = pictures.taken(alt="A mat")
        store.attach(photos=[second], page=page, case=later)
    store.publish(page=page)
    assert list(store.of(page)) == [first]
    assert again(second).position > first.position

    with commits(execute=True):
        moderation.publish(case=later, by=None, version=later.version, now=timezone.now())
    assert list(store.of(page)) == [first, second]
    with commits(execute=True):
        moderation.undo(decision=Decision.objects.latest("pk"), by=None, now=timezone.now())
    assert list(store.of(page)) == [first]


def test_a_declined_page_takes_its_photos_nowhere(commits):
    with commits(execute=True):
        page, _ = waiting()
        decide(moderation.decline, page, reason="off-topic", note="")

    assert not folders("p")
    assert not store.of(page).exists()


def test_erased_leaves_neither_row_nor_file_t41(commits):
    with commits(execute=True):
        page, _ = shown(("A chair", "A mat"))
        other, _ = waiting("Another")
    with commits(execute=True):
        store.erase(page=page)
    with commits(execute=True):
        store.erase(page=other)

    assert not Photo.objects.exists()
    assert not folders("p") | folders("sealed")


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_is_as_before():
    page, (photo,) = shown()
    with suppress(RuntimeError), transaction.atomic():
        hide(page)
        raise RuntimeError
    assert {Client().get(address).status_code for address in addresses(page)} == {200}
    assert again(photo).is_published

    with suppress(RuntimeError), transaction.atomic():
        store.erase(page=page)
        raise RuntimeError
    assert {Client().get(address).status_code for address in addresses(page)} == {200}


def test_the_files_are_on_the_disk_before_the_row_says_so_t01(commits, monkeypatch):
    done: list[str] = []
    really_write, really_save = files.write_open, Photo.save
    monkeypatch.setattr(files, "write_open", lambda *said: (done.append("files"), really_write(*said)))
    monkeypatch.setattr(Photo, "save", lambda self, **over: (done.append("row"), really_save(self, **over)))
    with commits(execute=True):
        page, _ = waiting()
        done.clear()
        make.decide(make.case_of(page))

    assert done == ["files", "row"]


def test_a_full_disk_leaves_no_half_and_says_so(monkeypatch, commits):
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        pictures.taken()

    assert not folders("sealed")
    assert not Photo.objects.exists()


def test_lost_files_do_not_keep_a_page_from_being_decided(commits, caplog):
    with commits(execute=True):
        page, (photo,) = waiting()
        files.remove(files.SEALED, photo.folder)
        make.decide(make.case_of(page))

    assert not store.of(page).exists()
    assert "lost" in caplog.text
    assert Client().get(Page.objects.get(pk=page.pk).get_absolute_url()).status_code == 200


def test_readers_pay_one_question_for_any_number_of_photos(commits, django_assert_num_queries):
    with commits(execute=True):
        page, _ = shown(("1", "2", "3", "4"))
    with django_assert_num_queries(1):
        assert len(list(store.of(page))) == 4


def test_a_case_that_was_taken_back_brings_no_photo_back(commits):
    with commits(execute=True):
        page, _ = shown()
        store.hide(page=page)
        Case.objects.update(state=State.WITHDRAWN)
        store.publish(page=page)

    assert not folders("p")
