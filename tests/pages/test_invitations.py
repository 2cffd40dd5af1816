"""Olga invites readers of a page to write, in words of her own; without them every page has the usual ones."""

import re
from html import unescape

import pytest
from django.test import Client

from tests import make
from tests.pages.test_editing import refused, save
from tips.pages.facts import ArticleFacts, read
from tips.pages.models import Kind, Page

pytestmark = pytest.mark.django_db

USUAL = "Do you need help, know something that helps"
OWN = {
    "fact_invitation": "Has this stretch helped you? Tell us how.",
    "fact_invitation_button": "Tell about the stretch",
    "fact_invitation_kind": "tip",
    "fact_invitation_about": "hip-hinge",
}


def invitation(page: Page) -> tuple[str, str]:
    """The words and the address of the button, as a stranger sees them."""
    text = unescape(Client().get(page.get_absolute_url()).content.decode())
    part = text[text.index('<div class="invitation">') :]
    return part[: part.index("</div>")], re.findall(r'href="([^"]+)"', part)[0]


@pytest.mark.parametrize("kind", [Kind.ARTICLE, Kind.EXERCISE])
def test_her_words_her_button_and_what_the_form_has_ticked(kind):
    make.exercise()
    page = make.article("psoas", "The psoas", kind=kind)
    save(make.signed_in(make.olga()), page, **OWN)
    words, address = invitation(page)
    assert "Has this stretch helped you? Tell us how." in words
    assert "Tell about the stretch" in words
    assert address == "/share/?about=psoas&about=hip-hinge&kind=tip"
    form = Client().get(address).content.decode()
    assert re.search(r'value="tip"[^>]*checked', form)
    for slug in ("psoas", "hip-hinge"):
        assert re.search(rf'name="about" value="{slug}"[^>]*checked', form)


def test_without_words_of_hers_there_are_the_usual_ones():
    page = make.article()
    words, address = invitation(page)
    assert USUAL in words
    assert address.startswith("/share/?about=back-exercises")


@pytest.mark.parametrize("name", [name for name in OWN if name != "fact_invitation"])
def test_half_an_invitation_is_not_stored(name):
    make.exercise()
    page = make.article()
    said = refused(make.signed_in(make.olga()), page, **{name: OWN[name]})
    assert "in your own words" in said
    assert USUAL in invitation(page)[0]


def test_one_that_leads_nowhere_is_not_stored():
    page = make.article()
    said = refused(make.signed_in(make.olga()), page, fact_invitation="Tell us.", fact_invitation_about="no-such-page")
    assert "no-such-page" in said


def test_half_of_one_in_a_file_is_none():
    assert read(ArticleFacts, {"invitation_button": "Tell us", "invitation_kind": "tip"}).invites is None


def test_a_page_about_the_site_invites_only_when_she_says_so():
    page = make.article("about", "About", kind=Kind.INFO)
    assert '<div class="invitation">' not in Client().get("/about/").content.decode()
    save(make.signed_in(make.olga()), page, fact_invitation="Tell us how you found this site.")
    assert "Tell us how you found this site." in invitation(page)[0]


def test_what_is_unknown_in_an_address_is_left_out():
    text = Client().get("/share/?kind=<script>&about=no-such-page&about=x").content.decode()
    assert "checked" not in text
    assert "<script>&" not in text
