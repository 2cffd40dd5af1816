"""Photos: nginx hands them out as the application would, a withdrawn one not at all, and no other file of the home."""

import os

import pytest
from django.conf import settings
from django.utils import timezone

from tests import make
from tests.deploy.asking import ask
from tips.moderation import flows as moderation


@pytest.fixture
def photo(front):
    umask = os.umask(0o077)  # as the service runs
    try:
        yield make.photo(make.page("Wheelbarrow morning"), shown=True)
    finally:
        os.umask(umask)


def address_of(photo) -> str:
    return f"/media/p/{photo.folder}/{photo.names[0]}"


def test_a_photo_comes_from_nginx_as_the_application_would_give_it(front, photo):
    behind = ask(front.behind, address_of(photo), host=f"localhost:{front.port}")
    answer, asked = front.asked_for(address_of(photo))
    assert (asked, answer.status, answer.body) == (0, 200, behind.body)
    assert answer.lasting == behind.lasting
    assert answer.header("Content-Disposition").startswith("inline; filename=")
    assert front.get(address_of(photo), headers=["Range: bytes=0-1"]).body == behind.body


def test_a_photo_of_a_hidden_page_is_gone_in_the_next_read(front, photo):
    assert front.asked_for(address_of(photo))[1] == 0
    case = make.case_of(photo.page)
    moderation.hide(case=case, reason="off-topic", note="", by=None, version=case.version, now=timezone.now())
    answer, asked = front.asked_for(address_of(photo))
    assert (answer.status, asked) == (404, 1)


def test_no_other_file_of_the_home_can_be_had(front, photo):
    home = settings.MEDIA_ROOT.parent
    (home / "backsite.sqlite3").write_bytes(b"SQLite format 3")
    sealed = make.photo(make.waiting_page("Nobody has read it"))
    folder = f"/media/p/{photo.folder}"
    for path in (
        *(f"/media/sealed/{sealed.folder}/{name}" for name in sealed.names),
        *("/backsite.sqlite3", "/media/../backsite.sqlite3", "/static/../backsite.sqlite3", "/media/", "/static/"),
        *(f"{folder}/", f"{folder}/../", f"{folder}/96.webp/x.webp", f"{folder}/96.webp;a.jpg", f"{folder}//96.webp"),
        *(f"{folder}/%2e%2e/%2e%2e/sealed/{sealed.folder}/96.webp", f"/media/p/{photo.folder.upper()}/96.webp"),
    ):
        answer, _ = front.asked_for(path)
        assert answer.status in {400, 404}, path
        assert b"SQLite" not in answer.body
