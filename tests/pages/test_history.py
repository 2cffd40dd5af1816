"""What an editor sees of a page's past, and what leads there."""

import pytest

from tests import make
from tests.pages.test_editing import address_of, refused, save

pytestmark = pytest.mark.django_db


def shown(page) -> str:
    return make.signed_in(make.olga()).get(address_of(page)).content.decode()


def test_the_history_says_who_why_and_what_changed():
    page = make.article(source="Bend to the left.")
    save(make.signed_in(make.olga()), page, source="Bend to the right.", why="I had the sides mixed up.")
    text = shown(page)
    assert "I had the sides mixed up." in text
    assert "<del>left.</del><ins>right.</ins>" in text
    assert "olga@example.org" in text


def test_a_page_goes_back_to_what_it_said_and_that_is_kept_too():
    page = make.article(source="Bend to the left.")
    olga = make.signed_in(make.olga())
    save(olga, page, source="Bend to the right.")
    first = page.revisions.first()
    save(olga, page, source="Bend.", back_to=str(first.pk), why="The left was right.")
    assert page.source == first.source
    assert page.revisions.last().why == "The left was right."


def test_a_page_cannot_go_back_to_what_another_page_said():
    other = make.article("another", "Another").revisions.first()
    assert "Select a valid choice" in refused(make.signed_in(make.olga()), make.article(), back_to=str(other.pk))


def test_an_editor_sees_what_leads_to_the_page():
    page = make.article()
    make.article("another", "Leads there", f"See [this]({page.get_absolute_url()}#why).")
    make.article("third", "Does not lead there", "See nothing.")
    make.page("A visitor wrote about it", about=[page])
    text = shown(page)
    assert ">Leads there</a>" in text
    assert ">A visitor wrote about it</a>" in text
    assert ">Does not lead there</a>" not in text


@pytest.mark.parametrize("address", ["https://www.youtube.com/watch?v=1", "https://example.org/bend.mp4"])
def test_a_video_goes_out_with_its_words_alone(address):
    olga, page = make.signed_in(make.olga()), make.article()
    linked = f"[A video]({address})"
    assert "A video needs its words" in refused(olga, page, source=linked)
    save(olga, page, source=f"{linked}\n\nWhat the video shows: somebody bends.")
    assert "somebody bends" in page.html
