"""The name taken off, search engines kept out, replies closed: each at once and everywhere."""

import pytest
from django.test import Client
from django.utils import timezone

from tests import make
from tests.sharing.mine import opened, page_and_code, press, reply_and_code, settle, text_of
from tips.index.models import StoredPassage, Word
from tips.moderation import flows as moderation
from tips.pages.models import Page, Revision

pytestmark = pytest.mark.django_db
NAME = "Zqxwilhelm"


def everywhere(page: Page) -> str:
    addresses = (
        "/", "/pages/", page.get_absolute_url(), f"{page.get_absolute_url()}comments.atom", "/feeds/pages.atom",
        "/search/?q=wheelbarrow", "/search.json?q=wheelbarrow", "/search/suggest/?q=whe",
    )  # fmt: skip
    return "".join(text_of(Client().get(address)) for address in addresses)


def test_the_name_goes_at_once_from_pages_lists_feeds_and_search():
    page, code = page_and_code(byline=NAME)
    settle()
    assert NAME in everywhere(page)
    assert "Your name is off" in text_of(press(opened(code), "name-off"))
    assert NAME not in everywhere(page)
    page.refresh_from_db()
    assert (page.byline, page.name_shown) == ("", "A visitor")
    assert not Revision.objects.filter(byline=NAME).exists()


def test_a_reply_loses_its_name_in_the_search_index_too():
    page = make.page()
    _comment, code = reply_and_code(page, "Quibblefish helped me.", byline=NAME)
    settle()
    assert NAME in everywhere(page)
    assert StoredPassage.objects.filter(heading__contains=NAME).exists()
    press(opened(code), "name-off")
    assert NAME not in everywhere(page)
    assert not StoredPassage.objects.filter(heading__contains=NAME).exists()
    assert not Word.objects.filter(word__icontains=NAME).exists()


def test_taking_the_name_off_overtakes_the_feeds():
    """Within ten minutes of publishing no feed carries the page, so the name was never in any."""
    page, code = page_and_code(byline=NAME)
    assert page.slug not in text_of(Client().get("/feeds/pages.atom"))
    press(opened(code), "name-off")
    settle()
    feed = text_of(Client().get("/feeds/pages.atom"))
    assert page.slug in feed
    assert NAME not in feed


def test_keeping_out_of_search_engines_and_coming_back():
    page, code = page_and_code()
    settle()
    vik, seen = (
        opened(code),
        lambda: [page.slug in text_of(Client().get(where)) for where in ("/sitemap.xml", "/feeds/pages.atom")],
    )
    assert seen() == [True, True]
    press(vik, "search-off")
    assert seen() == [False, False]
    assert 'content="noindex' in text_of(Client().get(page.get_absolute_url()))
    assert Client().get(f"{page.get_absolute_url()}comments.atom").status_code == 404
    press(vik, "search-on")
    assert seen() == [True, True]


def test_closing_to_replies_says_why_and_keeps_those_that_are_there():
    page, code = page_and_code()
    make.comment(page, "Already here.")
    vik = opened(code)
    press(vik, "replies-off")
    text = text_of(Client().get(page.get_absolute_url()))
    assert "Whoever wrote this page has closed it to replies." in text
    assert "Already here." in text
    assert "Write a reply" not in text
    assert Client().get(f"{page.get_absolute_url()}comment/").status_code == 404
    press(vik, "replies-on")
    assert Client().get(f"{page.get_absolute_url()}comment/").status_code == 200


def test_what_the_moderators_closed_its_author_cannot_open():
    page, code = page_and_code()
    Page.objects.filter(pk=page.pk).update(comments_open=False, closed_because="moderator")
    press(opened(code), "replies-on")
    page.refresh_from_db()
    assert not page.comments_open


def test_how_long_it_takes_is_measured_or_said_to_be_unknown():
    _page, code = page_and_code(public=False)
    assert "We cannot say yet how long that takes" in text_of(opened(code).get("/mine/"))
    for number in range(3):
        case = make.case_of(make.waiting_page(f"Number {number}"))
        case.opened_at = timezone.now() - timezone.timedelta(hours=number * 5 + 1)
        case.save()
        moderation.publish(case=case, by=None, version=case.version, now=timezone.now())
    assert "At present that takes about 6 hours." in text_of(opened(code).get("/mine/"))
