import pytest

from tests.text.elements import Elements
from tips.text.render import Heading, complaints, staff


def test_a_heading_takes_the_id_it_was_given_or_makes_one_of_its_words():
    page = staff("## Why start {#why}\n\n### Über *den* `Rücken`\n\nSetext {#low}\n---\n\n## 背中\n")
    assert page.headings == (
        Heading(2, "why", "Why start"),
        Heading(3, "uber-den-rucken", "Über den Rücken"),
        Heading(2, "low", "Setext"),
        Heading(2, "section", "背中"),
    )
    assert Elements(page.html).ids() == [heading.id for heading in page.headings]
    assert "{#" not in page.html


def test_ids_are_unique_and_the_given_one_wins():
    page = staff("## Notes\n\n## Notes\n\n## Elsewhere {#notes}\n\n## Notes 2\n")
    assert [heading.id for heading in page.headings] == ["notes-2", "notes-3", "notes", "notes-2-2"]


def test_ids_stay_when_text_is_added_around_them():
    before = staff("## Psoas\n\ntext")
    after = staff("More text.\n\n## Psoas\n\nother text\n\n## Feet")
    assert before.headings[0] == after.headings[0]


@pytest.mark.parametrize("words", ["fn1", "fnref2", "P 1", "Term psoas"])
def test_a_heading_cannot_take_the_ids_of_notes_paragraphs_or_terms_t21(words):
    assert staff(f"## {words}").headings[0].id.startswith("section-")


def test_a_mark_that_is_not_an_id_stays_text():
    assert staff("## Sets {#3 of them}").headings == (Heading(2, "sets-3-of-them", "Sets {#3 of them}"),)


def test_the_first_level_belongs_to_the_title_of_the_page():
    page = staff("# Big\n\nBig too\n===")
    assert [heading.level for heading in page.headings] == [2, 2]
    assert "<h1" not in page.html


def test_tables_name_their_columns_and_align_by_class():
    page = staff("| Day | Times |\n|--|--:|\n| Monday | 8 |\n")
    cells = [(tag, attributes) for tag, attributes in Elements(page.html).tags if tag in {"th", "td"}]
    assert cells == [
        ("th", {"scope": "col"}),
        ("th", {"scope": "col", "class": "align-right"}),
        ("td", {}),
        ("td", {"class": "align-right"}),
    ]
    assert "style" not in page.html


def test_definition_lists_are_read():
    assert [tag for tag, _ in Elements(staff("psoas\n: A muscle.").html).tags] == ["dl", "dt", "dd"]


def test_links_lead_within_the_site_to_the_web_and_to_people_only():
    page = staff(
        "[in](/search/?q=x) [here](#why) [out](https://a.example/) [mail](mailto:olga@a.example) "
        "[a](//evil.example) [b](search/) [c](https://nhs.uk@evil.example/) [d](ftp://evil.example/) [e](vbscript:x)"
    )
    assert Elements(page.html).links() == [
        "/search/?q=x",
        "#why",
        "https://a.example/",
        "mailto:olga@a.example",
    ]


def test_pictures_come_from_this_site_and_keep_their_words():
    pictures = [a for tag, a in Elements(staff("![bend](/m/b.svg) ![spy](https://evil.example/p.gif)").html).tags[1:]]
    unhurried = {"loading": "lazy", "decoding": "async"}
    assert pictures == [{"src": "/m/b.svg", "alt": "bend", **unhurried}, {"alt": "spy", **unhurried}]


def test_a_picture_alone_keeps_its_place_and_has_its_caption():
    html = staff('![A bend](/media/o/ab/960x640.webp "Half *way* down")').html
    assert Elements(html).tags == [
        ("figure", {"class": "photo"}),
        (
            "img",
            {
                "src": "/media/o/ab/960x640.webp",
                "alt": "A bend",
                "width": "960",
                "height": "640",
                "loading": "lazy",
                "decoding": "async",
            },
        ),
        ("figcaption", {}),
    ]
    assert "<figcaption>Half *way* down</figcaption></figure>" in html


def test_a_video_is_a_line_that_says_where_it_leads_and_fetches_nothing():
    html = staff("[Watch: a bend](https://www.youtube.com/watch?v=x)").html
    assert [tag for tag, _ in Elements(html).tags] == ["p", "a"]
    assert "A video on youtube.com, which may set cookies" in html
    assert "cookies" not in staff("[A bend](https://a.example/)").html


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("[x](https://youtu.be/x)", "A video needs its words"),
        ("[x](/clip.mp4)\n\nMore.\n\nWhat the video shows: too late.", "A video needs its words"),
        ("[x](https://vimeo.com/1)\n\nWhat the video shows: a.\n\n[y](https://vimeo.com/2)", "vimeo.com/2"),
        ("![](/media/o/ab/9x9.webp)", "A picture needs its words"),
        ("![spy](https://evil.example/p.gif)", "not on this site"),
        ("## One\n\n#### Three", "leaves out a level"),
        ("### Two first", "leaves out a level"),
    ],
)
def test_what_keeps_readers_out_is_said(source, complaint):
    assert complaint in " ".join(complaints(source))


@pytest.mark.parametrize(
    "source",
    [
        "## One\n\n### Two\n\n## Three\n\n![A bend](/media/o/ab/9x9.webp)",
        "[x](https://youtu.be/x)\n\nWhat the video shows: a bend.",
        "",
        "[not a video](https://youtube.com.example/) [odd](http://[)",
    ],
)
def test_what_everybody_can_read_is_fine(source):
    assert complaints(source) == []


def test_raw_html_is_shown_not_run():
    page = staff("<div onclick=x>hm</div>\n\nand <b>this</b>")
    assert [tag for tag, _ in Elements(page.html).tags] == ["p", "p"]
    assert Elements(page.html).text == "<div onclick=x>hm</div> and <b>this</b>"


def test_nothing_written_gives_an_empty_page():
    assert (staff("").html, staff(" \n").headings) == ("", ())
