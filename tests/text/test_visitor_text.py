import pytest

from tests.text.elements import Elements
from tips.text.render import ALLOWANCE, LONGEST, SWELLING, visitor


def test_paragraphs_and_lines_stay_as_they_were_typed():
    assert visitor("One\ntwo\n\n three").html == '<p id="p-1">One<br>\ntwo</p>\n<p id="p-2">three</p>'


def test_lists_are_read_and_keep_their_numbers():
    page = visitor("I did:\n- bend\n* turn\n  slowly\nThen:\n3. rest\n\n4) walk\n9. stop")
    assert page.html == (
        '<p id="p-1">I did:</p>\n'
        '<ul id="p-2"><li>bend</li>\n<li>turn<br>\nslowly</li></ul>\n'
        '<p id="p-3">Then:</p>\n'
        '<ol id="p-4"><li value="3">rest</li>\n<li>walk</li>\n<li value="9">stop</li></ol>'
    )


def test_nested_lists_are_laid_flat_without_losing_a_word_t20():
    page = Elements(visitor("\n".join(f"{'  ' * depth}- step {depth}" for depth in range(100))).html)
    assert [tag for tag, _ in page.tags] == ["ul"] + ["li"] * 100
    assert page.text == " ".join(f"step {depth}" for depth in range(100))


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("so *very* sore", "so <em>very</em> sore"),
        ("**never** again", "<strong>never</strong> again"),
        ("**not *so* fast**", "<strong>not <em>so</em> fast</strong>"),
        ("3*4*5 and 2 * 2 * 2", "3*4*5 and 2 * 2 * 2"),
        ("*open and **open", "*open and **open"),
        ("2 * *and* *", "2 * <em>and</em> *"),
        ("*a **b* c**", "*a **b* c**"),
        ("snake_case_words _here_", "snake_case_words _here_"),
    ],
)
def test_stars_that_embrace_words_stress_them(typed, html):
    assert html in visitor(typed).html


@pytest.mark.parametrize(
    "typed",
    [
        "# Heading",
        "Heading\n---",
        "> quoted",
        "`code`",
        "```\ncode\n```",
        "    indented",
        "![alt](/x.png)",
        "[words](/x)",
        "| a | b |\n|---|---|",
        "<b>bold</b>",
        "&amp; &lt; &#42;",
        "a[^1]\n\n[^1]: b",
        "\\*stars\\*",
        "term\n: definition",
        "1986. was a good year",
        "-5 degrees",
    ],
)
def test_everything_else_is_shown_as_typed(typed):
    page = Elements(visitor(typed).html)
    assert {tag for tag, _ in page.tags} <= {"p", "br"}
    assert page.text == " ".join(typed.split())


def test_web_addresses_become_links_that_vouch_for_nothing():
    page = visitor("See https://a.example/x?a=1&b=2, please")
    assert page.html == (
        '<p id="p-1">See <a href="https://a.example/x?a=1&amp;b=2" rel="nofollow ugc noopener">'
        "https://a.example/x?a=1&amp;b=2</a>, please</p>"
    )


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("(https://a.example/x)", "https://a.example/x"),
        ("https://a.example/wiki/Psoas_(muscle).", "https://a.example/wiki/Psoas_(muscle)"),
        ("“https://a.example/x”?!", "https://a.example/x"),
        ("**https://a.example/x**", "https://a.example/x"),
        ("<https://a.example/x>", "https://a.example/x"),
        ("[x](https://a.example/x)", "https://a.example/x"),
    ],
)
def test_the_sentence_around_an_address_is_not_part_of_it(typed, address):
    assert Elements(visitor(typed).html).links() == [address]


def test_blocks_have_stable_ids_of_their_own_text_t21():
    one = visitor("a\n\n- b\n\nc", prefix="reply-7-")
    assert Elements(one.html).ids() == ["reply-7-p-1", "reply-7-p-2", "reply-7-p-3"]
    assert Elements(visitor("a\n\n- b\n\nc\n\nmore").html).ids()[:3] == ["p-1", "p-2", "p-3"]


def test_a_prefix_cannot_leave_its_attribute():
    assert Elements(visitor("a", prefix='"><script>').html).ids() == ['"><script>p-1']


def test_too_long_a_text_is_shown_whole_but_plain_t20():
    page = Elements(visitor("**x** \n\n" * LONGEST).html)
    assert {tag for tag, _ in page.tags} == {"p", "br"}
    assert page.text.count("**x**") == LONGEST


def test_a_text_that_markup_would_swell_is_shown_plain_t20():
    swelling = ("http://a.example/" + "&" * 80 + "x ") * 200
    page = visitor(swelling)
    assert Elements(page.html).links() == []
    assert Elements(page.html).text == swelling.strip()
    assert len(page.html) <= SWELLING * len(swelling) + ALLOWANCE


def test_no_words_give_no_html():
    assert visitor(" \r\n\x00").html == ""
