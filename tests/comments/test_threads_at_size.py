"""A long thread costs the database what a short one does, from any place: counted in the steps of SQLite's machine."""

import secrets
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from tests import make
from tips.cases.models import Case
from tips.comments.models import Comment, recount
from tips.pages.models import Page

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL learns the sizes of tables by itself"),
]
FEW, MORE = 100, 2_000
LONG_AGO = make.NOW - timedelta(days=60)
STEP = 10  # of the machine's instructions
PLACES = {
    "visitor's page": "/pages/busy/",
    "replies in the middle": "/pages/busy/?from=30.30",
    "feed of replies": "/pages/busy/comments.atom",
    "queue": "/moderation/",
}


def write(count: int, first: int) -> None:
    """So many visitors' pages, and as many replies under one of them."""
    numbers = range(first, first + count)
    common = {
        "visibility": "published",
        "published_on": make.TODAY,
        "updated_on": make.TODAY,
        "html": "<p>Words.</p>" * 99,
    }
    Page.objects.bulk_create(
        Page(kind=("tip", "question")[n % 2], slug=f"page-{n}", title=f"Page {n}", sequence=n, **common)
        for n in numbers
    )
    busy, _ = Page.objects.get_or_create(
        slug="busy", defaults={"kind": "tip", "title": "Busy", "sequence": 1, **common}
    )
    cases = Case.objects.bulk_create(Case(kind="comment", state="published", opened_at=LONG_AGO) for _ in numbers)
    Comment.objects.bulk_create(
        Comment(
            page=busy, case=case, source="Words.", html="<p>Words.</p>", sequence=n, thread=n, visibility="published",
            published_on=make.TODAY, public_id=secrets.token_hex(10),
        )
        for n, case in zip(numbers, cases, strict=True)
    )  # fmt: skip
    recount(busy)


def steps(client: Client, address: str) -> int:
    client.get(address)  # what the process keeps in memory is there by then
    counted = [0]

    def count() -> int:
        counted[0] += 1
        return 0

    connection.connection.set_progress_handler(count, STEP)
    try:
        assert client.get(address).status_code == 200
    finally:
        connection.connection.set_progress_handler(None, 0)
    return counted[0] * STEP


@pytest.fixture
def costs() -> Callable[[], dict[str, int]]:
    """The site's own pages, and a thread of more than one page; then what each place costs."""
    call_command("load_content", quiet=True)
    write(FEW, 10)
    mina = make.signed_in(make.mina())
    return lambda: {name: steps(mina if name == "queue" else Client(), place) for name, place in PLACES.items()}


def test_twenty_times_as_many_replies_cost_the_database_no_more_t13(costs):
    few = costs()
    write(MORE, 10 + FEW)
    many = costs()
    assert few["feed of replies"] > 1000, "the machine's steps are counted"
    assert {name: (few[name], cost) for name, cost in many.items() if cost > 1.2 * few[name] + 100} == {}
