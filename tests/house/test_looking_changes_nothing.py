"""T43: looking at any address changes no row of any table."""

import hashlib
from collections.abc import Iterable
from functools import partial

import pytest
from django.apps import apps
from django.db import models
from django.test import Client

from tests.accounts.people import Answer
from tests.house.addresses import ROLES, World, patterns, world

pytestmark = pytest.mark.django_db

# Where signing in or enrolling begins: what must be answered is kept in the session, and there alone.
BEGINS = "accounts/2fa/totp/activate/ accounts/2fa/webauthn/add/ accounts/2fa/webauthn/login/".split()


def everything(but: Iterable[str] = ()) -> dict[str, str]:
    """A digest of every row of every table."""
    return {
        model._meta.label: _digest(model)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and model._meta.label not in but
    }


def _digest(model: type[models.Model]) -> str:
    rows = sorted(map(repr, model._base_manager.values_list()))
    return f"{len(rows)} {hashlib.sha256(repr(rows).encode()).hexdigest()[:12]}"


def looked_at(there: World, client: Client, path: str, method: str = "get") -> Answer:
    return getattr(client, method)(path, headers={"accept": "application/json"} if "login" in path else {})


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("role", ROLES)
def test_looking_at_every_address_changes_no_row_of_any_table_t43(role, method):
    there = world()
    client = there.client(role)
    look = partial(looked_at, there, client, method=method)
    begins = {there.address(pattern) for pattern in BEGINS}
    before = everything()

    for path in map(there.address, patterns()):
        if path not in begins:
            look(path)

    assert everything() == before
    for path in begins:
        look(path)
    assert everything(but=["sessions.Session"]) == {k: v for k, v in before.items() if k != "sessions.Session"}


def test_looking_with_questions_changes_nothing_either_t43():
    there = world()
    before = everything()
    page = there.address("pages/<slug:slug>/")
    for path in (
        "/search/?q=back", "/search.json?q=back", "/search/suggest/?q=ba", "/pages/?before=1&kind=tip&area=neck",
        "/share/?kind=tip&about=back-exercises&action=send", f"{page}comment/?reply_to=x&action=send",
        "/mine/?code=x&action=erase", "/report/?of=/", "/accounts/logout/?next=/", "/exercises/print/?of=hip-hinge",
        f"{there.address('moderation/<int:pk>/')}?action=publish&version=1", f"{there.address('u/<str:word>')}?x=1",
    ):  # fmt: skip
        there.client("stranger").get(path)

    assert everything() == before
