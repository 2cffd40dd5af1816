from tips.text.excerpt import excerpt, plain
from tips.text.passages import Passage, by_paragraph, split
from tips.text.render import staff, visitor
from tips.text.terms import TermLink, link_terms

SOURCE = """Before *all* else.[^1]

## Bend {#bend}

Go down & rest.

- first
- second

### Slowly

[^1]: See a doctor.
"""
PSOAS = TermLink("psoas", ("psoas",), "A muscle at the front of the spine.")


def test_a_page_is_cut_at_its_headings_and_notes():
    assert split(staff(SOURCE).html, title="Back exercises") == (
        Passage("", "Back exercises", "Before all else."),
        Passage("bend", "Bend", "Go down & rest. first; second."),
        Passage("slowly", "Slowly", ""),
        Passage("fn1", "Note 1", "See a doctor."),
    )


def test_a_page_that_begins_with_a_heading_has_no_empty_first_part():
    assert split(staff("## Bend\n\ntext").html, title="T") == (Passage("bend", "Bend", "text"),)
    assert split("", title="T") == ()


def test_a_visitors_page_is_cut_at_its_paragraphs():
    page = visitor("My *back*\nhurts\n\n- bend\n- turn", prefix="reply-3-")
    assert by_paragraph(page.html) == (
        Passage("reply-3-p-1", "", "My back hurts"),
        Passage("reply-3-p-2", "", "bend turn"),
    )


def test_lines_of_a_list_that_have_a_stop_keep_it():
    html = staff("## If {#if}\n\nIf:\n\n- you *fall*\n- you ask “why?”\n- it says (so)\n\nThen rest.").html
    assert split(html, title="T") == (Passage("if", "If", "If: you fall; you ask “why?” it says (so). Then rest."),)


def test_definitions_of_terms_are_not_part_of_the_text():
    html = staff("The psoas is deep.").html
    linked = link_terms(html, [PSOAS])
    assert linked != html
    assert split(linked, title="T") == split(html, title="T")
    assert plain(linked) == plain(html)
    assert excerpt(linked) == excerpt(html)
    own = visitor("My psoas hurts").html
    assert by_paragraph(link_terms(own, [PSOAS])) == by_paragraph(own)


def test_an_excerpt_begins_with_running_text():
    html = staff(SOURCE).html
    assert excerpt(html, 3) == "Before all else…"
    assert excerpt(html, 5) == "Before all else. Go down…"
    assert excerpt(html) == "Before all else. Go down & rest. first second"


def test_plain_holds_every_word_and_no_signs_of_notes():
    assert plain(staff(SOURCE).html) == ("Before all else. Bend Go down & rest. first second Slowly See a doctor.")


def test_a_text_without_spaces_is_cut_as_well():
    assert len(excerpt(visitor("背" * 5_000).html, 30)) <= 361


def test_an_excerpt_of_nothing_is_nothing():
    assert excerpt("") == plain("") == ""
