"""The site's own texts as the tests read them: files, links, headings and notes."""

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
    "/exercises/print/",
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
