"""The sitemap of a small site is one list; that of a large one leads to parts, each of them as small."""

import re
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import make
from tips.pages.models import Page, Visibility
from tips.reading import sitemap

pytestmark = pytest.mark.django_db
NAMES = {"s": sitemap.SCHEMA}


@pytest.fixture(autouse=True)
def a_public_name(settings):
    settings.SITE_URL = "https://backs.example"


@pytest.fixture
def small_parts(monkeypatch):
    monkeypatch.setattr(sitemap, "IN_A_PART", 4)


def read(path: str) -> ElementTree.Element:
    answer = Client().get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/xml")
    return ElementTree.fromstring(answer.content)  # noqa: S314 - our own


def places(root: ElementTree.Element) -> list[str]:
    return [str(each.text).removeprefix("https://backs.example") for each in root.iterfind(".//s:loc", NAMES)]


def parts() -> list[str]:
    root = read("/sitemap.xml")
    assert root.tag == f"{{{sitemap.SCHEMA}}}sitemapindex"
    return places(root)


def parts_of(pages: list[Page]) -> list[str]:
    """By the numbers they were given: where those begin depends on what was stored before."""
    return [f"/sitemap-{number}.xml" for number in sorted({0, *(page.pk // 4 for page in pages)})]


def made(*numbers: int) -> list[Page]:
    return [Page.objects.get(pk=make.page(f"Page {number}").pk) for number in numbers]


def test_a_small_one_lists_everything_with_days_and_no_times():
    page, article = make.page(), make.article()
    root = read("/sitemap.xml")

    assert root.tag == f"{{{sitemap.SCHEMA}}}urlset"
    assert places(root) == [*sitemap.PLACES, page.get_absolute_url(), article.get_absolute_url()]
    days = [each.text for each in root.iterfind(".//s:lastmod", NAMES)]
    assert days == [each.updated_on.isoformat() for each in (page, article)]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", day) for day in days)


def test_a_large_one_leads_to_parts_that_list_each_page_once(small_parts):
    pages = made(*range(11))

    listed = [place for part in parts() for place in places(read(part))]

    assert sorted(listed) == sorted([*sitemap.PLACES, *(page.get_absolute_url() for page in pages)])
    assert parts() == parts_of(pages)
    assert all(len(places(read(part))) <= 4 + len(sitemap.PLACES) for part in parts())


def test_it_becomes_one_list_only_as_long_as_all_fit_in(small_parts):
    made(*range(4))
    assert read("/sitemap.xml").tag.endswith("urlset")
    made(4)
    assert read("/sitemap.xml").tag.endswith("sitemapindex")


def test_what_nobody_may_find_is_in_no_part_and_leads_to_none(small_parts):
    pages = made(*range(13))
    Page.objects.filter(pk__in=[page.pk for page in pages[3:9]]).update(visibility=Visibility.GONE)
    Page.objects.filter(pk=pages[9].pk).update(in_search_engines=False)
    make.waiting_page()

    found = [place for part in parts() for place in places(read(part))]

    seen = [*pages[:3], *pages[10:]]
    assert sorted(found) == sorted([*sitemap.PLACES, *(page.get_absolute_url() for page in seen)])
    assert parts() == parts_of(seen)


@pytest.mark.parametrize("number", ["7000", "9" * 30, "-1", "x"])
def test_there_is_no_part_without_pages(small_parts, number):
    made(*range(5))
    assert Client().get(f"/sitemap-{number}.xml").status_code == 404


def test_an_index_and_a_part_read_nothing_but_their_own(small_parts):
    """By the keys of an index that has all that is said: neither counted, nor skipped, nor opened."""
    made(*range(9))
    with CaptureQueriesContext(connection) as asked:
        for path in ("/sitemap.xml", parts()[-1]):
            Client().get(path)

    assert len(asked) == 5  # the index twice, each after it was seen that there are too many for one list
    assert all("OFFSET" not in query["sql"] and "COUNT" not in query["sql"] for query in asked)


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="its plans tell by which column an index is searched")
def test_the_parts_are_found_by_their_numbers_and_not_among_all_that_is_public(small_parts):
    make.page()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sitemap.PARTS}", (*("published", True) * 2, 4, 4, 4))
        steps = [row[3] for row in cursor.fetchall() if "pages_page" in row[3]]

    assert steps == ["SEARCH pages_page USING COVERING INDEX page_sitemap (id>?)"] * 2
