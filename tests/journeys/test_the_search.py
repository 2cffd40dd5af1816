"""Somebody in pain types what hurts in their own words, misspelt, and gets to the place where it is said."""

import pytest


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [("psoas", "The psoas"), ("siatica", "sciatica"), ("tailbone", "coccyx"), ("slipped disc", "disc")],
)
def test_everyday_words_and_mistakes_lead_somewhere(typed, wanted, stranger):
    stranger.open("/")
    found = stranger.open(f"/search/?q={typed}")
    assert wanted.lower() in found.lower()
    assert "nowhere on this site" not in found


def test_a_hit_leads_to_the_paragraph(stranger):
    stranger.open("/search/?q=handbasin")
    address = next(address for words, address in stranger.page.links if "handbasin" in words)
    path, _, anchor = address.partition("#")
    stranger.open(path)
    assert anchor
    assert f'id="{anchor}"' in stranger.client.get(path).content.decode()


def test_nothing_found_offers_the_next_step(stranger):
    found = stranger.open("/search/?q=quibblefish")
    assert "mentioned nowhere on this site yet" in found
    assert "Write your own page" in stranger.follow("Ask the other visitors")


def test_a_search_that_sounds_dangerous_shows_the_card_first(stranger):
    found = stranger.open("/search/?q=numb+between+my+legs+and+cannot+pee")
    assert "999" in found.partition("where your words are mentioned")[0]


def test_json_says_the_same_as_the_page(stranger):
    said = stranger.client.get("/search.json?q=psoas").json()
    page = stranger.open("/search/?q=psoas")
    assert f"{said['total']} pages where your words are mentioned" in page
    assert set(said) >= {"query", "corrected", "expanded", "total", "took_ms", "safety", "hits"}
    assert {name for hit in said["hits"] for name in hit} >= {"kind", "slug", "url", "title", "score", "passages"}
