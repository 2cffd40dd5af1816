"""T40: another host gets nothing, and whatever a request claims, links and letters lead to the site itself."""

import pytest
from django.test import Client

from tests import make
from tests.accounts.people import confirmed, letters
from tests.course.mailbox import text_of
from tests.house.public_site import HOST

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "host",
    [
        *("evil.example", f"{HOST}.evil.example", f"evil.example:443@{HOST}", f"{HOST}@evil.example", f"{HOST}/evil"),
        *(f"{HOST}:evil", f"{HOST}:80:80", "localhost", "127.0.0.1", "[::1]", "", " ", f"{HOST}\\.evil.example", "*"),
        *(f"sub.{HOST}", f"{HOST}#evil.example", f"{HOST}, evil.example", "testserver"),
    ],
)
def test_another_host_gets_nothing_t40(public_site, host):
    for path in ("/", "/feeds/pages.atom", "/accounts/login/", "/accounts/password/reset/"):
        assert Client(headers={"host": host}).get(path, secure=True).status_code == 400


FORWARDED = {"x-forwarded-host": "evil.example", "x-forwarded-server": "evil.example", "forwarded": "host=evil.example"}
ABSOLUTE = (
    "/",
    "/feeds/articles.atom",
    "/feeds/pages.atom",
    "/sitemap.xml",
    "/sitemap-0.xml",
    "/robots.txt",
    "/share/",
    "/accounts/login/",
)


def test_what_a_request_claims_about_its_host_changes_no_byte_t40(public_site):
    page = make.page()
    make.comment(page)
    make.article()
    for path in (*ABSOLUTE, f"{page.get_absolute_url()}comments.atom"):
        answer = public_site.get(path, secure=True, headers=FORWARDED)
        assert answer.status_code == 200
        assert b"evil.example" not in answer.content


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost:6666", "testserver"])
def test_absolute_links_lead_to_the_site_url_under_whatever_name_it_is_reached_t40(settings, host):
    """Also on a public site: the port in Host is anybody's claim."""
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://backs.example", ["127.0.0.1", "localhost", "testserver"]
    page = make.page()
    make.comment(page)
    make.article()

    for path in (*ABSOLUTE, page.get_absolute_url(), f"{page.get_absolute_url()}comments.atom"):
        text = Client(headers={"host": host}).get(path).content.decode()
        assert host.partition(":")[0] not in text, path
    for path in ABSOLUTE[1:4]:
        assert "https://backs.example/" in Client(headers={"host": host}).get(path).content.decode()


def test_letters_lead_to_the_site_url_t40(settings):
    settings.SITE_URL = "https://backs.example"
    confirmed(make.mina())
    Client(headers={"host": "localhost:6666"}).post("/accounts/password/reset/", {"email": "mina@example.org"})

    (letter,) = letters()
    assert "https://backs.example/accounts/password/reset/key/" in text_of(letter)
    assert "6666" not in letter.as_string()
