from tests.text.elements import Elements
from tips.text.render import loose_notes, staff

SOURCE = """Bend forward.[^bend] Rest.[^rest] Bend again.[^bend] By the way.^[Said *aside*.]

[^rest]: Ten seconds.

    Or more.

[^bend]: Slowly.
"""


def test_notes_are_numbered_as_they_are_cited():
    page = Elements(staff(SOURCE).html)
    assert page.text.startswith("Bend forward.1 Rest.2 Bend again.1 By the way.3 Slowly.")
    assert [name for name in page.ids() if not name.startswith("fnref")] == ["fn1", "fn2", "fn3"]


def test_every_citation_leads_to_its_note_and_every_note_back_to_each_citation():
    page = Elements(staff(SOURCE).html)
    there = [(a["id"], a["href"]) for _, a in page.tags if a.get("role") == "doc-noteref"]
    back = [a["href"] for _, a in page.tags if a.get("role") == "doc-backlink"]
    assert there == [("fnref1", "#fn1"), ("fnref2", "#fn2"), ("fnref1-2", "#fn1"), ("fnref3", "#fn3")]
    assert back == ["#fnref1", "#fnref1-2", "#fnref2", "#fnref3"]
    assert {link.removeprefix("#") for link in page.links()} == set(page.ids())
    assert len(page.ids()) == len(set(page.ids()))


def test_notes_speak_to_those_who_listen():
    page = Elements(staff(SOURCE).html)
    labels = [a["aria-label"] for _, a in page.tags if "aria-label" in a]
    assert labels == [
        "Note 1",
        "Note 2",
        "Note 1",
        "Note 3",
        "Notes",
        "Back to note 1 in the text",
        "Back to note 1 in the text, place 2",
        "Back to note 2 in the text",
        "Back to note 3 in the text",
    ]
    assert ("section", {"class": "footnotes", "role": "doc-endnotes", "aria-label": "Notes"}) in page.tags


def test_notes_do_not_enter_the_words_of_a_heading():
    page = staff("## Psoas[^1]\n\n[^1]: A muscle.")
    assert (page.headings[0].id, page.headings[0].text) == ("psoas", "Psoas")


def test_a_page_without_notes_has_no_section_for_them():
    assert "section" not in staff("Just text.").html


def test_loose_notes_are_found_before_a_page_goes_out():
    assert loose_notes(SOURCE) == ()
    assert loose_notes("See.[^1] And.[^2]\n\n[^1]: Yes.\n\n[^3]: Forgotten.") == ("[^2]", "[^3]")
    assert loose_notes("`[^1]` is how a note is written") == ()
