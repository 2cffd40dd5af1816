"""Walks every address, feed, sitemap, JSON and count, and looks for words that nobody approved."""

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from backsite.trouble import words_of
from tests import make
from tips.moderation import flows
from tips.pages.models import Page

pytestmark = pytest.mark.django_db

SECRETS = ("Xyzzyplugh", "xyzzyplugh")
STAFF_ONLY = ("admin/", "moderation/", "desk/", "accounts/")


def addresses(resolver: URLResolver | None = None, prefix: str = "") -> list[str]:
    """Every address of the site, with a place to fill in where it takes one."""
    found: list[str] = []
    for each in (resolver or get_resolver()).url_patterns:
        path = prefix + str(each.pattern)
        if isinstance(each, URLResolver):
            found += addresses(each, path)
        elif isinstance(each, URLPattern):
            found.append(path)
    return found


def filled_in(pattern: str, page: Page) -> list[str]:
    if pattern.startswith("^"):
        return ["about/", "privacy/", "accessibility/", "house-rules/"]
    slugs = [
        page.slug,
        make.article().slug if not Page.objects.filter(slug="back-exercises").exists() else "back-exercises",
    ]
    if "<slug:slug>" in pattern:
        return [pattern.replace("<slug:slug>", slug) for slug in slugs]
    return [pattern] if "<" not in pattern else [pattern.split("<")[0] + "x/"]


def hidden_things() -> list[Page]:
    """One of each that must not show: waiting, declined, spam, hidden, erased, and replies likewise."""
    now = timezone.now()
    story = "Xyzzyplugh is a word that nobody approved, whatever the page."
    waiting = make.waiting_page("Xyzzyplugh waits", story, areas=["neck"])
    declined, spam, hidden = (make.waiting_page(f"Xyzzyplugh {n}", story) for n in range(3))
    flows.decline(case=make.case_of(declined), reason="hate", note="", by=None, version=1, now=now)
    flows.mark_spam(case=make.case_of(spam), by=None, version=1, now=now)
    make.decide(make.case_of(hidden))
    case = make.case_of(hidden)
    flows.hide(case=case, reason="hate", note="", by=None, version=case.version, now=now)
    public = make.page("A public page")
    make.waiting_comment(public, "Xyzzyplugh says a reply that waits.", byline="Xyzzyplugh")
    for page in (waiting, declined, spam, hidden):
        page.refresh_from_db()
    return [waiting, declined, spam, hidden]


def test_no_address_shows_what_nobody_approved():
    secret_pages = hidden_things()
    public = Page.objects.published().by_visitors().get()
    stranger = Client()
    looked_at = 0
    for pattern in addresses():
        if pattern.startswith(STAFF_ONLY):
            continue
        for page in (public, *secret_pages):
            for path in filled_in(pattern, page):
                answer = stranger.get(f"/{path}")
                body = b"".join(answer) if answer.streaming else answer.content
                body = body.replace(f"/{path}".encode(), b"")  # pages print their own address for the printer
                if answer.status_code == 404:  # and this one offers to search for the words of what was asked
                    body = body.replace(f'value="{words_of(path)}"'.encode(), b"")
                assert answer.status_code < 500, path
                assert not any(secret.encode() in body for secret in SECRETS), path
                looked_at += 1
    assert looked_at > 60


@pytest.mark.parametrize(
    "address",
    [
        "/search/?q=xyzzyplugh",
        "/search.json?q=xyzzyplugh",
        "/search/?q=xyzzyplug",
        "/search/suggest/?q=xyz",
        "/pages/?kind=experience",
        "/pages/?area=neck",
        "/exercises/?area=neck",
    ],
)
def test_no_question_brings_it_up(address):
    hidden_things()
    body = Client().get(address).content.decode()
    asked = body.lower().count("xyzzyplugh") if "q=xyzzyplugh" in address else 0
    for secret in ("nobody approved", "Xyzzyplugh waits", "Xyzzyplugh says"):
        assert secret not in body
    if not asked:
        assert "yzzyplugh" not in body


def test_no_count_counts_it():
    hidden_things()
    public = Page.objects.published().by_visitors().get()
    assert public.comment_count == 0
    assert Client().get("/search.json?q=xyzzyplugh").json()["total"] == 0


def test_the_walk_would_notice():
    """The same walk over a published page finds its words: the test above can fail."""
    page = make.page("Xyzzyplugh is public", "Xyzzyplugh is a word that was approved, at last and for all.")
    body = Client().get(page.get_absolute_url()).content.decode()
    assert "Xyzzyplugh" in body
    make.settle(timezone.now())
    assert "Xyzzyplugh" in Client().get("/feeds/pages.atom").content.decode()
    assert Client().get("/search.json?q=xyzzyplugh").json()["total"] == 1
