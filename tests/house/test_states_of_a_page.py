"""T47: every address of a visitor's page, for everybody, in every state that the page can be in."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests import make
from tests.accounts.people import Answer
from tests.house.addresses import ROLES
from tests.house.roles import five
from tests.house.trying import undone
from tests.sharing.mine import opened, page_and_code, press, text_of
from tips.cases.models import Case, State
from tips.moderation import flows
from tips.pages.models import Page
from tips.photos.models import Photo
from tips.receipts.models import Receipt
from tips.sharing import mine_flows

pytestmark = pytest.mark.django_db

OTHER = "Entirely other words, of which nobody has read a single one, about a canal and a dog."
WORDS: dict[str, Any] = {"reason": "hate", "note": "Words."}


def newest(page: Page) -> Case:
    return Case.objects.filter(revision__page=page).latest("pk")


def decided(flow: Callable[..., object], page: Page, **said: Any) -> None:
    case = newest(page)
    flow(case=case, by=None, version=case.version, now=timezone.now(), **said)


def nothing(_page: Page, _code: str) -> None:
    return


def by(flow: Callable[..., object], **said: Any) -> Callable[[Page, str], None]:
    return lambda page, _code: decided(flow, page, **said)


def changed(page: Page, code: str) -> None:
    press(opened(code), "save", title=page.title, story=OTHER)


def answered(page: Page, code: str) -> None:
    press(opened(code), "answer", areas=["neck"], why_not=OTHER)


def withdrawn(page: Page, _code: str) -> None:
    mine_flows.withdraw(receipt=Receipt.objects.get(page=page), today=make.TODAY)


def erased(page: Page, _code: str) -> None:
    mine_flows.erase(receipt=Receipt.objects.get(page=page))


# What was public before, what became of it, and the state of its newest case.
BEFORE: dict[str, tuple[bool, Callable[[Page, str], None], str]] = {
    "waiting": (False, nothing, State.WAITING),
    "sent back": (False, by(flows.ask_for_changes, **WORDS), State.CHANGES_ASKED),
    "declined": (False, by(flows.decline, **WORDS), State.DECLINED),
    "spam": (False, by(flows.mark_spam), State.SPAM),
    "withdrawn unread": (False, withdrawn, State.WITHDRAWN),
    "published": (True, nothing, State.PUBLISHED),
    "changed since": (True, changed, State.WAITING),
    "answers changed since": (True, answered, State.WAITING),
    "hidden": (True, by(flows.hide, **WORDS), State.HIDDEN),
    "removed": (True, by(flows.remove, **WORDS), State.REMOVED),
    "withdrawn": (True, withdrawn, State.WITHDRAWN),
    "erased": (True, erased, State.WITHDRAWN),
}
PUBLIC = ("published", "changed since", "answers changed since")
UNSEEN = tuple(state for state, (was_public, _, _) in BEFORE.items() if not was_public)
STEPS = {  # from which states of its newest case a decision may be taken; from all others it is a conflict
    "publish": {State.WAITING, State.CHANGES_ASKED, State.DECLINED, State.SPAM, State.HIDDEN, State.REMOVED},
    "decline": {State.WAITING, State.CHANGES_ASKED, State.SPAM},
    "hide": {State.PUBLISHED},
}


def expected(state: str) -> dict[str, str]:
    """Statuses for stranger, member, moderator, lead and owner."""
    public, case_state = state in PUBLIC, BEFORE[state][2]
    unseen = "404" if state in UNSEEN else "410"
    steps = {what: 303 if case_state in allowed else 409 for what, allowed in STEPS.items()}
    return {
        "page": five("200" if public else unseen),
        "reply form": five("200" if public else "404"),
        "reply": five("422" if public else "404"),
        "feed": five("200" if public else "404"),
        "case": staff(200),
        "edit": staff(200),
        "sealed photo": staff(404 if state == "erased" else 200),
        **{what: staff(status) for what, status in steps.items()},
    }


def staff(status: int) -> str:
    return f"302 404 {status} {status} {status}"


def asked(page: Page, photo: Photo) -> dict[str, Callable[[Client], Answer]]:
    """Every address that a page has, and every way to ask there."""
    case, at = newest(page), page.get_absolute_url()
    said = {"version": case.version}

    def get(path: str) -> Callable[[Client], Answer]:
        return lambda client: client.get(path)

    def post(path: str, **over: Any) -> Callable[[Client], Answer]:
        return lambda client: client.post(path, {**said, **over})

    return {
        "page": get(at),
        "reply form": get(f"{at}comment/"),
        "reply": post(f"{at}comment/"),
        "feed": get(f"{at}comments.atom"),
        "case": get(f"/moderation/{case.pk}/"),
        "edit": get(f"/moderation/{case.pk}/edit/"),
        "sealed photo": get(f"/moderation/photos/{photo.public_id}.webp"),
        "publish": post(f"/moderation/{case.pk}/", action="publish"),
        "decline": post(f"/moderation/{case.pk}/", action="decline", **WORDS),
        "hide": post(f"/moderation/{case.pk}/", action="hide", **WORDS),
    }


def put(state: str) -> tuple[Page, str, Photo]:
    """A page with a photo in this state, and its private code."""
    was_public, become, _ = BEFORE[state]
    page, code = page_and_code(public=was_public)
    photo = make.photo(page, shown=was_public)
    become(page, code)
    return Page.objects.get(pk=page.pk), code, photo


@pytest.mark.parametrize("state", BEFORE)
def test_everybody_gets_what_the_state_of_a_page_allows_t47(state):
    page, _code, photo = put(state)
    clients = [Client(), *(make.signed_in(make.user(f"{role}@example.org", role)) for role in ROLES[1:])]

    found = {
        what: " ".join(str(undone(partial(ask, client)).status_code) for client in clients)
        for what, ask in asked(page, photo).items()
    }

    assert newest(page).state == BEFORE[state][2]
    assert found == expected(state)


@pytest.mark.parametrize("state", BEFORE)
def test_a_photo_is_public_while_its_page_is_t47(state):
    put(state)
    open_to_all = [photo for photo in Photo.objects.published() if Client().get(photo.src).status_code == 200]

    assert len(open_to_all) == (state in PUBLIC)


@pytest.mark.parametrize("state", BEFORE)
def test_whoever_holds_the_code_reads_their_own_words_in_every_state_but_erased_t47(state):
    _page, code, _photo = put(state)
    answer = press(Client(), code=code)

    assert ("Wheelbarrow morning" in text_of(answer)) == (state != "erased")
    assert answer.status_code == (422 if state == "erased" else 200)


@pytest.mark.parametrize("state", BEFORE)
def test_a_code_opens_no_door_of_the_staff_t47(state):
    page, code, photo = put(state)
    vik = Client() if state == "erased" else opened(code)
    found = {what: str(undone(partial(ask, vik)).status_code) for what, ask in asked(page, photo).items()}

    assert found == {what: statuses.split()[0] for what, statuses in expected(state).items()}
