"""T02: the process dies, without a word, at every named point between reading a form and answering it."""

import os
from collections.abc import Callable
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from tests import make
from tests.photos.pictures import jpeg
from tips.cases.models import Case
from tips.guard.models import Acknowledgement, Draft
from tips.pages.models import Page
from tips.photos.models import Photo
from tips.receipts.models import Receipt

pytestmark = pytest.mark.django_db(transaction=True)

DIED = 9
BEFORE_COMMIT = (
    "tips.sharing.views.StoryForm",
    "tips.guard.taking.check",
    "tips.guard.acknowledgements.find",
    "tips.guard.taking._count",
    "tips.sharing.flows.find",
    "tips.sharing.flows.open_case",
    "tips.sharing.flows.propose_page",
    "tips.sharing.flows.put",
    "tips.sharing.flows.photo_store.attach",
    "tips.sharing.flows.store.issue",
    "tips.sharing.flows._tell",
    "tips.guard.acknowledgements.record",
)
AFTER_COMMIT = ("tips.sharing.views._to_receipt", "tips.guard.acknowledgements.remember")


def dying(act: Callable[[], object]) -> int:
    """The exit status of a process of its own that runs `act`. Nothing is tidied up behind it."""
    child = os.fork()
    if child == 0:
        connection.connection = None  # the parent's, which must not be spoken through by two
        try:
            act()
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def die(*_args: object, **_kwargs: object) -> None:
    os._exit(DIED)


def rows() -> set[int]:
    return {table.objects.count() for table in (Page, Case, Receipt, Acknowledgement)}


@pytest.mark.parametrize("point", [*BEFORE_COMMIT, *AFTER_COMMIT])
def test_it_is_there_whole_or_not_at_all_and_sending_again_makes_it_once_t02(point):
    vik = Client()
    handle = vik.post("/share/photo/", {"photo": SimpleUploadedFile("a.jpg", jpeg())}).json()["id"]
    story = make.story(change="much-better", photo=handle, photo_alt="A table", photo_caption="")
    data = make.filled(vik, "/share/", **story)
    assert vik.post("/share/draft/", data).status_code == 204

    with patch(point, side_effect=die):
        assert dying(lambda: vik.post("/share/", data)) == DIED, "the way does not lead past this point"

    assert rows() == ({1} if point in AFTER_COMMIT else {0})
    assert Photo.objects.filter(page__isnull=False).count() == (point in AFTER_COMMIT)
    assert Draft.objects.count() == 1
    assert "seized" in vik.get("/share/").content.decode()

    again = make.filled(vik, "/share/", **story)
    assert again["form_token"] == data["form_token"]
    assert vik.post("/share/", again).status_code == 303
    assert "waiting to be read" in vik.get("/share/received/").content.decode()
    assert rows() == {1}
    assert (Photo.objects.on(Page.objects.get()).count(), Draft.objects.count()) == (1, 0)


def test_dying_while_a_photo_or_a_draft_is_stored_costs_only_that_t02():
    vik = Client()
    data = make.filled(vik, "/share/", **make.story())
    vik.post("/share/draft/", data)
    with patch("tips.guard.statements.keep_draft", side_effect=die):
        assert dying(lambda: vik.post("/share/draft/", {**data, "title": "A later state"})) == DIED
    with patch("tips.photos.models.Photo.save", side_effect=die):
        assert dying(lambda: vik.post("/share/photo/", {"photo": SimpleUploadedFile("a.jpg", jpeg())})) == DIED
    assert Photo.objects.count() == 0
    assert "Wheelbarrow morning" in vik.get("/share/").content.decode()
