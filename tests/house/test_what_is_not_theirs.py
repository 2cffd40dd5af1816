"""T47: what is not public, not of this kind, or somebody else's, is not there."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from tests import make
from tests.accounts.people import PASSWORD
from tests.house.addresses import ROLES, World, world
from tests.house.roles import five
from tests.house.trying import undone
from tips.cases.models import Case
from tips.moderation import flows as moderation
from tips.pages.flows import take_down_page
from tips.receipts import store
from tips.sharing import mine_flows as sharing

pytestmark = pytest.mark.django_db


def of(thing: object) -> str:
    return thing.get_absolute_url()  # type: ignore[attr-defined]


def erased_page() -> str:
    page = make.page("Erased")
    receipt, _code = store.issue(page=page, email="", today=make.TODAY)
    sharing.erase(receipt=receipt)
    return of(page)


def hidden_page() -> str:
    page = make.page("Hidden")
    case = make.case_of(page)
    moderation.hide(case=case, reason="hate", note="", by=None, version=case.version, now=timezone.now())
    return of(page)


def message() -> Case:
    return Case.objects.get(kind="message")


# What is not public, or not of this kind, or somebody else's, is not there.
OBJECTS: dict[str, tuple[Callable[[World], str], str]] = {
    "a page that nobody has read yet": (lambda _: of(make.waiting_page()), "404"),
    "its form for replies": (lambda _: f"{of(make.waiting_page())}comment/", "404"),
    "its feed": (lambda _: f"{of(make.waiting_page())}comments.atom", "404"),
    "a hidden page": (lambda _: hidden_page(), "410"),
    "the feed of a hidden page": (lambda _: f"{hidden_page()}comments.atom", "404"),
    "a reply form of a hidden page": (lambda _: f"{hidden_page()}comment/", "404"),
    "an erased page": (lambda _: erased_page(), "410"),
    "an article taken down": (lambda _: of(take_down_page(page=make.article("gone", "Gone"))), "410"),
    "an exercise under articles": (lambda _: "/articles/hip-hinge/", "404"),
    "a visitor's page under articles": (lambda _: "/articles/how-i-got-up-again/", "404"),
    "a message among the pages to decide": (lambda _: f"/moderation/{message().pk}/", "302 404 404 404 404"),
    "a page among the messages": (
        lambda site: site.address("moderation/<int:pk>/").replace("/moderation/", "/moderation/messages/"),
        "302 404 404 404 404",
    ),
    "a case that never was": (lambda _: "/moderation/999999/", "302 404 404 404 404"),
    "a visitor's page in the admin": (
        lambda _: f"/admin/pages/page/{make.page('In the admin').pk}/change/",
        "302 302 302 302 302",
    ),
    "the admin of receipts": (lambda _: "/admin/receipts/receipt/", "302 302 302 404 404"),
    "the admin of letters": (lambda _: "/admin/mail/delivery/", "302 302 302 404 404"),
}


@pytest.mark.parametrize("what", OBJECTS)
def test_what_is_not_theirs_is_not_there_t47(what):
    site = world()
    place, statuses = OBJECTS[what]
    address = place(site)

    found = [str(undone(lambda role=role: site.client(role).get(address)).status_code) for role in ROLES]

    assert " ".join(found) == five(statuses)


@pytest.mark.parametrize("what", ["edit", "remove"])
def test_a_passkey_of_somebody_else_is_not_there_t47(what):
    site = world()
    client = site.client("moderator")
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    address = site.address(f"accounts/2fa/webauthn/keys/<int:pk>/{what}/")

    assert client.get(address).status_code == 404
    assert client.post(address, {"name": "Mine"}).status_code == 404


def test_a_decision_about_a_message_cannot_be_undone_t47():
    site = world()
    client = site.client("moderator")
    client.post(f"/moderation/messages/{message().pk}/", {"action": "answer", "version": 1})
    decision = message().decisions.get()

    assert client.post(f"/moderation/decisions/{decision.pk}/undo/").status_code == 404
    assert message().state == "answered"


def test_suffixes_of_an_address_are_other_addresses_t42():
    """No shared cache can be brought to keep a private page as a style sheet."""
    site = world()
    client = Client()
    for path in ("/moderation/x.css", "/desk/;.js", "/mine/x.css", "/moderation/%2e%2e/x.css", "/desk/setup/x.css"):
        assert client.get(path).status_code == 404, path
        assert site.client("owner").get(path).status_code == 404, path
