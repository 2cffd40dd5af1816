"""An editor sees what readers will see before it is stored."""

import pytest
from django.test import Client

from accounts.models import Role
from tests import make
from tests.pages.test_editing import address_of, shown

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("made", [make.article, make.exercise, lambda: make.article("about", "About", kind="info")])
def test_a_preview_shows_the_new_words_and_stores_nothing(made):
    page = made()
    lena = make.signed_in(make.user("lena@example.org", Role.LEAD))
    before = (page.source, page.title, page.html, page.revisions.count())
    sent = shown(lena, page) | {"title": "Backs anew", "source": "## Why {#why}\n\nQuibblefish."}
    answer = lena.post(f"/desk/preview/{page.pk}/", sent)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Not saved yet." in text
    assert "Backs anew</h1>" in text
    assert '<h2 id="why">Why</h2>' in text
    page.refresh_from_db()
    assert (page.source, page.title, page.html, page.revisions.count()) == before
    assert "Quibblefish" not in Client().get(page.get_absolute_url()).content.decode()


def test_what_is_not_ready_says_why():
    page = make.article()
    olga = make.signed_in(make.olga())
    answer = olga.post(f"/desk/preview/{page.pk}/", shown(olga, page) | {"source": "See.[^1]"})
    assert answer.status_code == 422
    assert "[^1]" in answer.content.decode()


def test_the_form_leads_to_the_preview_and_has_its_buttons():
    page = make.article()
    text = make.signed_in(make.olga()).get(address_of(page)).content.decode()
    assert f'formaction="/desk/preview/{page.pk}/"' in text
    assert "desk/editor" in text


def test_visitors_pages_are_not_previewed_here():
    assert make.signed_in(make.olga()).post(f"/desk/preview/{make.page().pk}/", {}).status_code == 404
