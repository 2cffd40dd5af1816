from tests.text.elements import Elements
from tips.text.excerpt import plain
from tips.text.passages import split
from tips.text.render import loose_notes, staff
from tips.text.terms import TermLink, link_terms

SOURCE = """Bend forward.[^bend] Rest.[^rest] Bend again.[^bend] By the way.^[Said *aside*.]

[^rest]: Ten seconds.

    Or more.

[^bend]: Slowly.
"""


def test_notes_are_numbered_as_they_are_cited():
    page = Elements(staff(SOURCE).html)
    assert page.text.startswith("Bend forward.11. Slowly. Rest.22. Ten seconds. Or more. Bend again.1 By the way.33. ")
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


def test_a_note_stands_once_more_beside_the_place_that_cites_it_first_and_only_for_eyes():
    page = Elements(staff(SOURCE).html)
    beside = [attributes for tag, attributes in page.tags if tag == "span"]
    assert beside == [{"class": "side-note", "aria-hidden": "true"}] * 3


def test_the_copy_beside_the_text_holds_words_alone():
    html = staff("See.[^1]\n\n[^1]: A [link](https://example.org/) & a <b> `word`.").html
    assert '<span class="side-note" aria-hidden="true">1. A link &amp; a &lt;b&gt; word.</span>' in html


def test_the_copy_is_no_part_of_the_text_that_is_searched_or_shortened():
    html = staff(SOURCE).html
    assert [part.text for part in split(html, title="T")] == [
        "Bend forward. Rest. Bend again. By the way.",
        *("Slowly.", "Ten seconds. Or more.", "Said aside."),
    ]
    assert plain(html).count("Ten seconds.") == 1


def test_no_term_is_explained_in_the_copy():
    psoas = TermLink(slug="psoas", words=("psoas",), definition="A muscle.")
    html = link_terms(staff("See.[^1] The psoas.\n\n[^1]: The psoas again.").html, [psoas])
    assert 'The <a class="term"' in html
    assert html.count('class="term"') == 1
