"""The site's own texts are all there, whole, and written as the site writes."""

import re

from tests.house.content import (
    ARTICLES,
    INFO,
    LINK,
    RAW_HTML,
    SOURCE_KINDS,
    UNWANTED,
    all_markdown,
    all_texts,
    markdown,
    slugs_of_kind,
    table,
)


def test_every_article_and_info_page_is_there_and_whole() -> None:
    assert set(markdown("articles")) == ARTICLES
    assert set(markdown("info")) == INFO
    short = {slug for slug, (_, body) in markdown("articles").items() if len(LINK.sub("]", body)) < 3500}
    assert not short
    for name, front, _ in all_markdown():
        assert front["title"], name


def test_no_raw_html() -> None:
    assert not [name for name, _, body in all_markdown() if RAW_HTML.search(body)]


def test_every_exercise_has_its_steps_and_its_cautions() -> None:
    assert slugs_of_kind("exercise") | slugs_of_kind("check") == set(markdown("exercises"))
    for slug, (front, _) in markdown("exercises").items():
        for field in ("steps", "not_for", "stop_if"):
            assert front[field], f"{slug}: no {field}"
    codes = [front["code"] for front, _ in markdown("exercises").values()]
    assert len(codes) == len(set(codes))


def test_no_exercise_takes_the_address_of_the_print_sheet() -> None:
    assert "print" not in markdown("exercises")


def test_glossary_terms_are_short_and_well_named() -> None:
    terms = table("glossary.toml")["term"]
    assert len({term["slug"] for term in terms}) == len(terms)
    for term in terms:
        assert term["slug"] == re.sub(r"[^a-z0-9]+", "-", term["name"].lower()).strip("-")
        assert 0 < len(term["definition"].split()) <= 25, term["name"]
        assert term["autolink"] in {"everywhere", "articles"}, term["name"]


def test_each_lesson_asks_one_question_with_one_right_answer() -> None:
    lessons = [front for front, _ in markdown("lessons").values()]
    assert sorted(lesson["number"] for lesson in lessons) == list(range(1, 9))
    for lesson in lessons:
        options = lesson["selfcheck"]["options"]
        assert lesson["selfcheck"]["question"]
        assert sum(option["correct"] for option in options) == 1, lesson["title"]
        assert all(option["text"] and option["feedback"] for option in options), lesson["title"]


def test_sources_say_what_they_are_and_how_sure_they_make_us() -> None:
    for key, source in table("sources.toml").items():
        assert re.fullmatch(r"S\d+", key)
        assert source["title"], key
        assert source["strength"], key
        assert source["kind"] in SOURCE_KINDS, key
        assert source.get("url", "https://").startswith(("http://", "https://")), key


def test_nothing_claims_to_have_been_reviewed() -> None:
    assert not [str(path) for path, text in all_texts() if re.search(r"reviewed\s+by", text, re.IGNORECASE)]


def test_the_owners_hand() -> None:
    """Words and marks that the site does not use (look.md, "Words")."""
    found = [
        (f"{folder}/{slug}", match[0])
        for folder in ("articles", "info")
        for slug, (_, body) in markdown(folder).items()
        for match in UNWANTED.finditer(LINK.sub("]", body))
    ]
    assert not found
