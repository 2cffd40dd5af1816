"""What the check page found is taken over by the sending, and only for the very words that were seen."""

import pytest
from django.test import Client

from tests import make
from tests.sharing.test_share import dict_of_hidden
from tips.cases.models import Case
from tips.guard.models import Fingerprint
from tips.pages.models import Page
from tips.safety import find as finding
from tips.safety.find import Finding
from tips.sharing import flows

pytestmark = pytest.mark.django_db

SIGNS = "My back went yesterday and now I am numb between my legs and can’t pee since this morning."
HARMLESS = "Bending forward over the kitchen table for ten minutes made it let go, every time."


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that a sending reads for warning signs."""
    texts: list[str] = []

    def find(text: str) -> Finding:
        texts.append(text)
        return finding.find(text)

    monkeypatch.setattr(flows, "find", find)
    return texts


def checked(client: Client, **over: str) -> dict[str, list[str]]:
    """The fields of the check page."""
    answer = client.post("/share/", make.filled(client, "/share/", **make.story(action="check", **over)))
    return {**dict_of_hidden(answer.content.decode()), "action": ["send"]}


def noticed() -> dict[str, object]:
    case = Case.objects.latest("pk")
    return {name: getattr(case, name) for name in ("priority", "flags", "matches", "weights", "late")}


@pytest.mark.parametrize("story", [SIGNS, HARMLESS])
def test_what_was_seen_is_sent_as_if_it_had_been_read_again(read, story):
    assert Client().post("/share/", make.filled(Client(), "/share/", **make.story(story=story))).status_code == 303
    unseen, flags = noticed(), Page.objects.latest("pk").flags
    assert len(read) == 1
    Fingerprint.objects.all().delete()  # the same words again are no flood here

    vik = Client()
    assert vik.post("/share/", checked(vik, story=story)).status_code == 303
    assert (noticed(), Page.objects.latest("pk").flags) == (unseen, flags)
    assert len(read) == 1


@pytest.mark.parametrize("over", [{"slip": ""}, {"slip": "x"}, {"title": "A title of its own"}, {"story": SIGNS}])
def test_without_a_slip_of_these_very_words_they_are_read(read, over):
    vik = Client()
    assert vik.post("/share/", {**checked(vik, story=HARMLESS), **over}).status_code == 303
    assert len(read) == 1
    assert ("cauda-equina" in Case.objects.get().flags) == ("story" in over)


def test_a_slip_of_harmless_words_hides_no_warning_sign():
    vik = Client()
    harmless = checked(vik, story=HARMLESS)["slip"]
    assert vik.post("/share/", {**checked(vik, story=SIGNS), "slip": harmless}).status_code == 303
    assert Case.objects.get().priority == 3
    assert "Nobody reads this right now" in vik.get("/share/received/").content.decode()


def test_the_same_form_is_the_same_with_and_without_its_slip():
    vik = Client()
    said = checked(vik)
    assert vik.post("/share/", said).status_code == 303
    assert vik.post("/share/", {**said, "slip": ""}).status_code == 303
    assert Page.objects.count() == 1


def test_the_slip_is_in_no_draft_and_not_on_the_form_again():
    vik = Client()
    said = checked(vik)
    again = vik.post("/share/", {**said, "action": "edit"})
    assert 'name="slip"' not in again.content.decode()
    assert 'name="slip"' not in vik.get("/share/").content.decode()
