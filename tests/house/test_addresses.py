"""The addresses that others rely on: what a stranger gets, how, and what every public page carries."""

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from tests import make
from tips.moderation import flows
from tips.pages.models import Page

pytestmark = pytest.mark.django_db

ARTICLES = (
    "back-exercises",
    "neck-muscle-stretching",
    "lumbar-spine-core-stabilisation",
    "psoas",
    "examination-of-the-spine",
    "prevention-lifting-household",
)
PAGES = {  # for people; every one carries what CARRIED says
    "/": 200,
    "/articles/": 200,
    **{f"/articles/{slug}/": 200 for slug in ARTICLES},
    "/articles/psoas/comment/": 200,
    "/exercises/": 200,
    "/exercises/?area=neck": 200,
    "/exercises/print/": 200,
    "/exercises/print/?of=hip-hinge&of=bridge": 200,
    "/exercises/hip-hinge/": 200,
    "/exercises/thomas-check/": 200,
    "/exercises/hip-hinge/comment/": 200,
    "/glossary/": 200,
    "/warning-signs/": 200,
    "/about/": 200,
    "/privacy/": 200,
    "/accessibility/": 200,
    "/house-rules/": 200,
    "/pages/": 200,
    "/pages/?kind=tip&area=neck&about=psoas": 200,
    "/pages/a-public-page/": 200,
    "/pages/a-public-page/comment/": 200,
    "/pages/a-hidden-page/": 410,
    "/pages/there-was-never-one/": 404,
    "/share/": 200,
    "/share/?kind=tip&about=psoas": 200,
    "/share/received/": 200,
    "/mine/": 200,
    "/search/": 200,
    "/search/?q=psoas&kind=article&sort=newest&page=2": 200,
    "/search/?q=quibblefish": 200,
    "/contact/": 200,
    "/contact/received/": 200,
    "/course/": 200,
    "/course/check-your-mail/": 200,
    "/course/me/": 200,
    "/course/gentle/": 200,
    "/course/erased/": 200,
    "/course/confirm/used-or-unknown/": 200,
    "/u/unknown": 200,
    "/report/?of=/pages/a-public-page/": 200,
    "/accounts/login/": 200,
    "/no-such-page/": 404,
}
MACHINES = {
    "/articles/start-here/": 301,
    "/search.json?q=psoas": 200,
    "/search/suggest/?q=pso": 200,
    "/feeds/articles.atom": 200,
    "/feeds/pages.atom": 200,
    "/pages/a-public-page/comments.atom": 200,
    "/sitemap.xml": 200,
    "/sitemap-0.xml": 200,
    "/robots.txt": 200,
    "/healthz": 200,
    "/manifest.webmanifest": 200,
}
STAFF = {
    "/moderation/": 302,
    "/moderation/1/": 302,
    "/desk/": 302,
    "/desk/course/": 302,
    "/desk/messages/": 302,
    "/desk/setup/": 302,
    "/admin/": 302,
}
# A stranger's POST goes to these and to nothing else.
FORMS = (
    "/share/",
    "/mine/",
    "/contact/",
    "/course/",
    "/course/me/",
    "/course/confirm/",
    "/u/",
    "/report/",
    "/comment/",
    "/accounts/",
)
CARRIED = {
    "a search box": 'name="q"',
    "its promise": "The search button brings up anywhere on this site your words are mentioned",
    "the way to the contact page": 'href="/contact/"',
    "the invitation to write": 'href="/share/"',
    "the warning signs": 'href="/warning-signs/"',
}


@pytest.fixture
def site(content):
    """The site's texts, a public page, one that was taken down, one that waits."""
    make.comment(make.page("A public page"), "A reply.")
    hidden = make.case_of(make.page("A hidden page"))
    flows.hide(case=hidden, reason="off-topic", note="", by=None, version=hidden.version, now=timezone.now())
    make.waiting_page("A page that waits")


def statuses(addresses, method="get"):
    stranger = Client()
    return {address: getattr(stranger, method)(address).status_code for address in addresses}


def test_every_address_answers_a_stranger_as_promised(site):
    promised = PAGES | MACHINES | STAFF

    assert statuses(promised) == promised


def test_every_article_exercise_check_term_and_flag_has_its_address(site):
    own = [page.get_absolute_url() for page in Page.objects.published()]

    assert len(own) >= 36
    assert {address: status for address, status in statuses(own).items() if status != 200} == {}


def test_asking_for_the_head_alone_gives_the_same_status_and_no_body(site):
    promised = PAGES | MACHINES | STAFF
    stranger = Client()

    assert statuses(promised, "head") == promised
    assert [address for address in promised if stranger.head(address).content] == []


def test_what_only_shows_something_refuses_to_be_posted_to(site):
    readable = [
        address for address in (PAGES | MACHINES) if not any(form in f"{address.partition('?')[0]}" for form in FORMS)
    ]
    gone = {"/no-such-page/": 404}

    assert len(readable) > 25
    assert statuses(readable, "post") == {address: gone.get(address, 405) for address in readable}
    assert set(statuses(readable, "delete").values()) <= {404, 405}


def test_forms_refuse_every_other_method(site):
    forms = [address for address in PAGES if any(form in address for form in FORMS[:9]) and "received" not in address]

    assert len(forms) >= 10
    for method in ("put", "patch", "delete"):
        assert set(statuses(forms, method).values()) == {405}, method


def test_what_changes_something_cannot_be_done_by_following_a_link(site):
    olga = make.signed_in(make.olga())
    doing = {address for address in addresses() if address.startswith("/moderation/decisions/")}
    doing |= {"/desk/setup/test-mail/"}

    assert len(doing) >= 2
    assert {address: olga.get(address).status_code for address in doing} == dict.fromkeys(doing, 405)


def addresses(resolver: URLResolver | None = None, prefix: str = "/") -> list[str]:
    """Every address of the site's own rooms, with 1 and x in their places to fill in."""
    found: list[str] = []
    for each in (resolver or get_resolver()).url_patterns:
        path = prefix + str(each.pattern)
        if isinstance(each, URLResolver):
            found += addresses(each, path)
        elif isinstance(each, URLPattern):
            found.append(path.replace("<int:pk>", "1").replace("<str:token>", "x").replace("<slug:slug>", "x"))
    return found


def test_every_public_page_carries_the_ways_on(site):
    stranger = Client()
    missing = {
        address: [what for what, mark in CARRIED.items() if mark not in stranger.get(address).content.decode()]
        for address in PAGES
    }

    assert {address: whats for address, whats in missing.items() if whats} == {}


def test_a_refusal_carries_them_too(site):
    stranger = Client(headers={"origin": "https://elsewhere.example"})
    for address in ("/share/", "/contact/", "/course/", "/mine/", "/articles/psoas/comment/"):
        refused = stranger.post(address, {"story": "A story from elsewhere."})
        text = refused.content.decode()
        assert refused.status_code == 403, address
        assert [what for what, mark in CARRIED.items() if mark not in text] == [], address


def test_nothing_sets_a_cookie_before_something_is_sent(site):
    stranger = Client()
    asked = [address for address in (PAGES | MACHINES) if not address.startswith("/accounts/")]

    assert [address for address in asked if stranger.get(address).cookies] == []
    assert not stranger.cookies


def test_every_page_says_its_language_its_title_and_one_heading(site):
    stranger = Client()
    for address in PAGES:
        text = stranger.get(address).content.decode()
        assert '<html lang="en-GB">' in text, address
        assert text.count("<h1") == 1, address
        assert "<title>" in text, address


def test_titles_tell_the_pages_apart(site):
    stranger = Client()
    plain = [address for address, status in PAGES.items() if status == 200 and "?" not in address]
    titles = {address: stranger.get(address).content.decode().split("<title>")[1].split("<")[0] for address in plain}
    twice = {title for title in titles.values() if list(titles.values()).count(title) > 1}

    # A receipt that is not here says so under one title, whatever was sent.
    assert {address: title for address, title in titles.items() if title in twice and "received" not in address} == {}
