"""T47: who gets what at every address. An address without a row fails, and so does a row without an address."""

from functools import partial
from typing import Any

import pytest

from tests.accounts.people import Answer
from tests.house.addresses import ROLES, World, patterns, world
from tests.house.roles import TABLE
from tests.house.trying import undone

pytestmark = pytest.mark.django_db


def test_every_address_has_a_row_and_every_row_an_address_t47():
    assert sorted(set(patterns()) - TABLE.keys()) == [], "these addresses need a row in roles.py"
    assert sorted(TABLE.keys() - set(patterns())) == [], "these rows belong to no address"


def answers(site: World, role: str, method: str, **over: Any) -> dict[str, str]:
    """The status of every address for somebody of this role."""

    def ask(pattern: str) -> Answer:
        return getattr(site.client(role, **over), method)(site.address(pattern))

    return {pattern: str(undone(partial(ask, pattern)).status_code) for pattern in TABLE}


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("role", ROLES)
def test_everybody_gets_what_the_table_says_t47(role, method):
    declared = {pattern: row[method == "post"].split()[ROLES.index(role)] for pattern, row in TABLE.items()}

    assert answers(world(), role, method) == declared


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_no_address_takes_another_method_t47(method):
    found = answers(world(), "owner", method, enforce_csrf_checks=True)

    assert {pattern: status for pattern, status in found.items() if status not in {"302", "403", "404", "405"}} == {}
