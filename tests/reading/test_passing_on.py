"""How a page looks where its address is passed on: in a message, in a search engine."""

import re

import pytest
from django.conf import settings
from django.test import Client

from tests import make

pytestmark = pytest.mark.django_db


def meta(text: str, name: str) -> str:
    found = re.search(rf'<meta property="og:{name}" content="([^"]*)">', text)
    return found[1] if found else ""


def read(page) -> str:
    return Client().get(page.get_absolute_url()).content.decode()


def test_a_message_that_names_an_article_shows_its_title_its_summary_and_a_picture():
    page = make.article(summary="Slow stretches.")
    text = read(page)
    assert (meta(text, "title"), meta(text, "description")) == (page.title, "Slow stretches.")
    assert meta(text, "url").endswith(page.get_absolute_url())
    assert meta(text, "image").endswith(".png")


def test_a_message_that_names_a_visitors_page_shows_none_of_its_words():
    text = read(make.page("My back story", "Numb in the left foot since May.", byline="Vik"))
    assert meta(text, "description") == "Written by a visitor. Not medical advice."


@pytest.mark.parametrize(
    ("made", "kind"),
    [(make.article, "Article"), (make.exercise, "HowTo"), (make.page, "DiscussionForumPosting")],
    ids=["article", "exercise", "visitors-page"],
)
def test_programs_are_told_what_kind_of_page_it_is_and_where_it_stands(made, kind):
    text = read(made())
    assert f'itemtype="https://schema.org/{kind}"' in text
    assert 'itemtype="https://schema.org/BreadcrumbList"' in text


PLACES = [
    "/", "/articles/", "/exercises/", "/exercises/?area=neck", "/pages/", "/pages/?kind=tip", "/glossary/",
    "/warning-signs/", "/search/", "/share/", "/contact/", "/course/",
]  # fmt: skip


@pytest.mark.parametrize("address", PLACES)
def test_every_place_has_one_address_and_a_picture_with_words(address):
    make.article("start-here", "Start here")
    text = Client().get(address).content.decode()
    assert re.findall(r'<link rel="canonical" href="([^"]*)">', text) == [f"{settings.SITE_URL}{address}"]
    assert meta(text, "image").endswith(".png")
    assert meta(text, "image:alt")


def test_home_leads_to_every_place_that_can_hurt_and_each_place_to_an_exercise():
    make.exercise(slug="neck-turns", title="Neck turns")
    home = Client().get("/").content.decode()
    places = re.findall(r'href="(/exercises/\?area=[a-z-]+)"', home)
    assert len(places) == 12
    assert "/exercises/neck-turns/" in Client().get("/exercises/?area=neck").content.decode()
