"""Whatever is typed: nothing raises, nothing slips through, nothing is lost."""

from hypothesis import given
from hypothesis import strategies as st

from tests.text.elements import STAFF_ALLOWED, VISITOR_ALLOWED, Elements, attributes_allowed
from tips.text import sanitise
from tips.text.clean import many_lines
from tips.text.excerpt import excerpt, plain
from tips.text.passages import by_paragraph, split
from tips.text.render import ALLOWANCE, SWELLING, loose_notes, staff, visitor

MARKS = ["*", "**", "_", "`", "- ", "1. ", "12) ", "> ", "# ", "## x {#y}", "{#", "\\", "|", "|--|", ": ", "    "]
BRACKETS = [
    "[",
    "](",
    ")",
    "![",
    "[^1]",
    "[^1]: ",
    "^[",
    "<",
    ">",
    "&",
    '"',
    "'",
    "<script>",
    "</p>",
    "<a href=",
    "&lt;",
]
OTHERS = [
    "https://a.example/",
    "http://",
    "https://u@a.example",
    "javascript:",
    "word",
    "\n",
    "\n\n",
    "\u00a0",
    "\u2028",
]
PIECES = st.sampled_from(MARKS + BRACKETS + OTHERS)
WRITING = st.lists(st.one_of(PIECES, PIECES, st.text(max_size=4)), max_size=40).map("".join)
WORDS = st.text(alphabet=st.characters(exclude_categories=["C"], exclude_characters="*-•0123456789"))


@given(WRITING)
def test_visitors_text_is_safe_whole_and_settled(typed):
    html = visitor(typed).html
    page = Elements(html)
    assert attributes_allowed(html, VISITOR_ALLOWED)
    assert page.open == []
    assert all(link.lower().startswith(("https://", "http://")) for link in page.links())
    assert page.ids() == [f"p-{n}" for n in range(1, len(page.ids()) + 1)]
    assert sanitise.visitor_html(html) == html
    assert len(html) <= SWELLING * len(many_lines(typed)) + ALLOWANCE


@given(WORDS)
def test_visitors_words_are_all_shown(typed):
    assert plain(visitor(typed).html) == " ".join(many_lines(typed).split())


@given(WRITING)
def test_passages_hold_all_that_is_shown(typed):
    html = visitor(typed).html
    assert " ".join(passage.text for passage in by_paragraph(html)) == plain(html)


@given(WRITING)
def test_the_owners_text_is_safe_and_settled(typed):
    page = staff(typed)
    elements = Elements(page.html)
    assert attributes_allowed(page.html, STAFF_ALLOWED)
    assert elements.open == []
    assert len(elements.ids()) == len(set(elements.ids()))
    assert {heading.id for heading in page.headings} <= set(elements.ids())
    assert sanitise.staff_html(page.html) == page.html
    loose_notes(typed)


@given(WRITING)
def test_every_passage_of_the_owner_can_be_reached(typed):
    html = staff(typed).html
    anchors = [passage.anchor for passage in split(html, title="Back") if passage.anchor]
    assert len(anchors) == len(set(anchors))
    assert set(anchors) <= set(Elements(html).ids())


@given(WRITING, st.integers(min_value=1, max_value=40))
def test_an_excerpt_is_the_beginning_of_the_words(typed, most):
    html = visitor(typed).html
    short = excerpt(html, most)
    assert len(short.split()) <= most
    assert short == plain(html) or (short.endswith("…") and plain(html).startswith(short[:-1]))
