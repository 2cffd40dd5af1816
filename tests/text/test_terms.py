import pytest

from tests.text.elements import Elements
from tips.text.render import staff
from tips.text.terms import TermLink, link_terms

PSOAS = TermLink("psoas", ("psoas", "iliopsoas"), "A muscle <deep> in the belly.")
DISC = TermLink("disc", ("disc", "discs"), "A pad.")
HERNIATION = TermLink("disc-herniation", ("disc herniation",), "A disc out of place.")


def linked(source: str, *terms: TermLink) -> list[str]:
    return [link for link in Elements(link_terms(staff(source).html, terms)).links() if link.startswith("/glossary/")]


def test_the_first_mention_is_linked_and_described_without_script_style_or_title():
    assert link_terms("<p>The Psoas. The psoas.</p>", [PSOAS]) == (
        '<p>The <a class="term" href="/glossary/#psoas" aria-describedby="term-psoas">Psoas</a>'
        '<span class="term-note" role="note" id="term-psoas">A muscle &lt;deep&gt; in the belly.</span>. The psoas.</p>'
    )


def test_any_of_its_words_is_the_first_mention():
    html = link_terms("<p>iliopsoas and psoas</p>", [PSOAS])
    assert html.count("<a ") == 1
    assert ">iliopsoas</a>" in html


def test_only_whole_words_are_linked():
    assert linked("psoasitis, subpsoas, pre-disc, disc-like", PSOAS, DISC) == []
    assert linked("(psoas)", PSOAS) == ["/glossary/#psoas"]


def test_the_longest_match_comes_first_and_later_mentions_of_it_are_left_whole():
    assert linked("A disc\nherniation.", DISC, HERNIATION) == ["/glossary/#disc-herniation"]
    assert linked("disc herniation, disc herniation, discs", DISC, HERNIATION) == [
        "/glossary/#disc-herniation",
        "/glossary/#disc",
    ]


@pytest.mark.parametrize(
    "source",
    ["## Psoas", "[the psoas](/x/)", "`psoas`", "x\n\n    psoas", "> the psoas", "<https://a.example/psoas>"],
)
def test_headings_links_code_and_quotations_are_left_alone(source):
    assert linked(source, PSOAS) == []


def test_a_link_that_the_author_made_counts_as_the_mention():
    assert linked("[this muscle](/glossary/#psoas), the psoas", PSOAS) == ["/glossary/#psoas"]


def test_words_of_definitions_are_not_linked_in_turn():
    html = link_terms("<p>disc herniation</p>", [HERNIATION])
    assert link_terms(html, [DISC]) == html


def test_linking_twice_changes_nothing_more():
    once = link_terms(staff("The psoas & the disc.").html, [PSOAS, DISC])
    assert link_terms(once, [PSOAS, DISC]) == once


def test_everything_else_is_copied_as_it_is():
    html = staff('A & "b" < c\u00a0d[^1] ![x](/y.png)\n\n| a |\n|--|\n| 1 |\n\n[^1]: n').html
    assert link_terms(html, [PSOAS]) == html
    assert link_terms(html, []) == html


def test_a_term_cannot_bring_markup():
    html = link_terms("<p>x</p>", [TermLink('"><script>', ("x", " "), "<script>alert(1)</script>")])
    assert {tag for tag, _ in Elements(html).tags} == {"p", "a", "span"}
