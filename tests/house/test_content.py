"""The site's own texts hold together: every link, note, slug and source leads somewhere."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

CONTENT = Path(__file__).resolve().parents[2] / "tips" / "content"

ARTICLES = {
    "start-here",
    "back-exercises",
    "neck-muscle-stretching",
    "lumbar-spine-core-stabilisation",
    "psoas",
    "examination-of-the-spine",
    "prevention-lifting-household",
}
INFO = {"about", "privacy", "accessibility", "house-rules"}
AREAS = {
    "neck",
    "head-jaw",
    "upper-back",
    "arm-hand",
    "ribs-mid-back",
    "abdomen",
    "lower-back",
    "pelvis-buttock",
    "tailbone",
    "hip-groin",
    "thigh",
    "lower-leg-foot",
}
PLAIN_ADDRESSES = {
    "/",
    "/articles/",
    "/exercises/",
    "/glossary/",
    "/warning-signs/",
    "/pages/",
    "/share/",
    "/mine/",
    "/search/",
    "/contact/",
    "/transparency/",
    "/course/",
    "/report/",
    *(f"/{slug}/" for slug in INFO),
}
KINDS = {"question", "tip", "experience"}
SOURCE_KINDS = {"guideline", "review", "trial", "study", "patient page", "book", "video"}

FRONT_MATTER = re.compile(r"\A\+\+\+\n(.*?)\n\+\+\+\n(.*)\Z", re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^(#+) (.+?)(?: \{#([a-z0-9-]+)\})?$", re.MULTILINE)
FOOTNOTE_MARK = re.compile(r"\[\^([^\]]+)\](?!:)")
FOOTNOTE_TEXT = re.compile(r"^\[\^([^\]]+)\]:", re.MULTILINE)
UNWANTED = re.compile(
    r"[!\u2014]|\b(?:users?|submit\w*|tokens?|(?<!Web )contents?|pending|patients?|posts?|posted)\b", re.IGNORECASE
)
RAW_HTML = re.compile(r"<(?!https?:)[a-zA-Z/!]")


@cache
def markdown(folder: str) -> dict[str, tuple[dict[str, Any], str]]:
    """Front matter and body of each file of a folder, by file name without its ending."""
    pages = {}
    for path in sorted((CONTENT / folder).glob("*.md")):
        parts = FRONT_MATTER.match(path.read_text(encoding="utf-8"))
        assert parts, f"{path.name} does not begin with front matter between +++ lines"
        pages[path.stem] = (tomllib.loads(parts[1]), parts[2])
    return pages


@cache
def table(name: str) -> dict[str, Any]:
    return tomllib.loads((CONTENT / name).read_text(encoding="utf-8"))


def slugs_of_kind(kind: str) -> set[str]:
    return {slug for slug, (front, _) in markdown("exercises").items() if front["kind"] == kind}


def heading_ids(slug: str) -> list[str]:
    return [anchor for _, _, anchor in HEADING.findall(markdown("articles")[slug][1])]


def anchors_of(path: str) -> set[str]:
    """The fragments that may follow an address."""
    if path == "/glossary/":
        return {term["slug"] for term in table("glossary.toml")["term"]}
    if path == "/warning-signs/":
        return {flag["slug"] for flag in table("flags.toml")["flag"]}
    slug = "start-here" if path == "/" else path.removeprefix("/articles/").strip("/")
    return set(heading_ids(slug)) if slug in ARTICLES else set()


def addresses() -> set[str]:
    articles = {f"/articles/{slug}/" for slug in markdown("articles") if slug != "start-here"}
    exercises = {f"/exercises/{slug}/" for slug in markdown("exercises")}
    return PLAIN_ADDRESSES | articles | exercises


def link_works(link: str) -> bool:
    target = urlsplit(link)
    asked = parse_qs(target.query)
    subjects = ARTICLES | set(markdown("exercises"))
    return (
        target.path in addresses()
        and (not target.fragment or target.fragment in anchors_of(target.path))
        and set(asked.get("kind", [])) <= KINDS
        and set(asked.get("about", [])) <= subjects
    )


def all_texts() -> Iterator[tuple[Path, str]]:
    for path in sorted(CONTENT.rglob("*")):
        if path.suffix in {".md", ".toml"}:
            yield path.relative_to(CONTENT), path.read_text(encoding="utf-8")


def all_markdown() -> Iterator[tuple[str, dict[str, Any], str]]:
    for folder in ("articles", "info", "exercises", "lessons"):
        for slug, (front, body) in markdown(folder).items():
            yield f"{folder}/{slug}", front, body


def test_every_article_and_info_page_is_there_and_whole() -> None:
    assert set(markdown("articles")) == ARTICLES
    assert set(markdown("info")) == INFO
    short = {slug for slug, (_, body) in markdown("articles").items() if len(LINK.sub("]", body)) < 3500}
    assert not short
    for name, front, _ in all_markdown():
        assert front["title"], name


def test_every_internal_link_leads_somewhere() -> None:
    broken = [
        (str(path), link)
        for path, text in all_texts()
        for link in LINK.findall(text)
        if link.startswith("/") and not link_works(link)
    ]
    assert not broken


def test_links_are_absolute_or_lead_within_the_page() -> None:
    odd = [
        (name, link)
        for name, _, body in all_markdown()
        for link in LINK.findall(body)
        if not link.startswith(("/", "http://", "https://"))
        and link.removeprefix("#") not in [anchor for _, _, anchor in HEADING.findall(body)]
    ]
    assert not odd


def test_no_footnote_is_orphaned_or_dangling() -> None:
    for name, _, body in all_markdown():
        marks, texts = FOOTNOTE_MARK.findall(body), FOOTNOTE_TEXT.findall(body)
        assert set(marks) == set(texts), name
        assert len(texts) == len(set(texts)), f"{name}: a note is written twice"


def test_back_exercises_keeps_its_three_notes_and_its_pop_up() -> None:
    body = markdown("articles")["back-exercises"][1]
    assert FOOTNOTE_MARK.findall(body) == ["1", "2", "3"]
    assert "[intercostal muscles](/glossary/#intercostal-muscles)" in body


def test_front_matter_names_only_what_exists() -> None:
    known = {
        "areas": AREAS,
        "exercises": slugs_of_kind("exercise"),
        "checks": slugs_of_kind("check"),
        "related": ARTICLES | set(markdown("exercises")),
        "sources": set(table("sources.toml")),
    }
    unknown = [
        (name, field, sorted(set(front.get(field, [])) - allowed))
        for name, front, _ in all_markdown()
        for field, allowed in known.items()
        if not set(front.get(field, [])) <= allowed
    ]
    assert not unknown


def test_articles_relate_to_articles_and_stay_within_three_areas() -> None:
    for slug, (front, _) in markdown("articles").items():
        assert set(front["related"]) <= ARTICLES - {slug}, slug
        assert 1 <= len(front["areas"]) <= 3, slug
        assert front["summary"], slug
        assert front["invitation"], slug


def test_headings_have_ids_that_occur_once() -> None:
    for slug, (_, body) in (markdown("articles") | markdown("info")).items():
        found = HEADING.findall(body)
        assert {level for level, _, _ in found} <= {"##", "###"}, slug
        ids = [anchor for _, _, anchor in found]
        assert all(ids), f"{slug}: a heading without an id"
        assert len(ids) == len(set(ids)), slug


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
