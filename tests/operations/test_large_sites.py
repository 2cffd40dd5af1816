"""A page costs the database as much work on a large site as on a small one, counted in the steps that SQLite takes."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import make
from tips.index.models import Word
from tips.pages.models import Kind, Page

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL does not tell its steps"),
]
SMALL, LARGE = 120, 600  # there are enough pages for a whole list on either
EVERY = 10  # steps between two counts
SLACK = 300  # steps: other pages are shown, with other words


@contextmanager
def counted() -> Iterator[list[int]]:
    """One number for every ten steps of SQLite's own machine."""
    steps: list[int] = []
    connection.ensure_connection()
    connection.connection.set_progress_handler(lambda: steps.append(EVERY), EVERY)
    try:
        yield steps
    finally:
        connection.connection.set_progress_handler(None, 0)


def work(client: Client, address: str) -> int:
    client.get(address)
    with counted() as steps:
        assert client.get(address).status_code == 200
    return sum(steps)


def addresses() -> list[str]:
    """The site's own pages, a made-up article and a visitor's page; lists; searches."""
    made = Page.objects.filter(loaded_digest__in=("make_load 1 1", "make_load 1 2")).order_by("pk")
    own = [page.get_absolute_url() for page in (*made, *Page.objects.filter(slug__in=("psoas", "bird-dog")))]
    lists = ["/", "/articles/", "/exercises/", "/pages/", "/feeds/pages.atom", "/sitemap-0.xml"]
    narrowed = ["?area=neck", "?kind=tip&area=neck", "?about=hip-hinge-0"]
    on_one_page = "/search/?q=back&in=/articles/psoas/"
    return [*own, *lists, *(f"/pages/{each}" for each in narrowed), "/feeds/pages.atom?area=hip", on_one_page]


def test_pages_and_lists_take_no_more_steps_with_five_times_as_many_pages(client, content, monkeypatch):
    shown = {"views.ARTICLES_SHOWN": 5, "views.PER_PAGE": 5, "feeds.SHOWN": 5, "sitemap.IN_A_PART": 50}
    for name, most in shown.items():
        monkeypatch.setattr(f"tips.reading.{name}", most)
    call_command("load_content", quiet=True)
    for number in range(9):
        make.exercise(f"hip-hinge-{number}", f"Hip hinge {number}")
    call_command("make_load", f"--pages={SMALL}", "--comments=1", yes=True)
    asked = addresses()
    before = {address: work(client, address) for address in asked}

    call_command("make_load", f"--pages={LARGE}", "--comments=1", yes=True)

    after = {address: work(client, address) for address in asked}
    assert {
        address: (before[address], after[address]) for address in asked if after[address] > 1.3 * before[address]
    } == {}


def test_what_was_found_is_read_by_its_key_and_not_among_all(client):
    call_command("make_load", f"--pages={LARGE}", "--comments=2")
    rare = Word.objects.filter(df__range=(30, 60)).earliest("df").word

    with CaptureQueriesContext(connection) as asked:
        client.get("/search/", {"q": rare})

    plans = [plan(query["sql"]) for query in asked if "pages_page" in query["sql"]]
    assert plans
    assert [each for each in plans if "page_newest" in each or "SCAN" in each] == []


def plan(sql: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return "; ".join(row[3] for row in cursor.fetchall())


def test_a_long_list_of_articles_goes_on(client, content):
    call_command("make_load", "--pages=1100", "--comments=0")
    articles = Page.objects.of_kind(Kind.ARTICLE).order_by("title")

    first, second = (client.get("/articles/", {"page": number}).content.decode() for number in (1, 2))

    shown = [page.title for page in articles if f'href="{page.get_absolute_url()}"' in first]
    assert shown == [page.title for page in articles[:50]]
    assert 'href="?page=2"' in first
    assert 'href="?page=3"' not in second
    assert all(f'href="{page.get_absolute_url()}"' in second for page in articles[50:])


@pytest.mark.parametrize("number", ["0", "-1", "x", "", "99999999999999999999", "²"])
def test_what_is_no_page_of_the_list_is_the_first(client, content, number):
    call_command("load_content", quiet=True)

    assert client.get("/articles/", {"page": number}).content == client.get("/articles/").content
