"""The site's own pages as files: `content/<folder>/<slug>.md`, TOML between lines of `+++`, then Markdown."""

import hashlib
import re
import tomllib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tips.pages.facts import ArticleFacts, ExerciseFacts, read
from tips.pages.models import Kind

LOADER = "1"  # raise it when the same file must give another page
FRONT_MATTER = re.compile(r"\A\+\+\+\n(.*?)\n\+\+\+\n(.*)\Z", re.DOTALL)
# The order in which they are first published, which is that of the lists.
ARTICLES = (
    "start-here",
    "back-exercises",
    "neck-muscle-stretching",
    "lumbar-spine-core-stabilisation",
    "psoas",
    "examination-of-the-spine",
    "prevention-lifting-household",
)


class Unreadable(Exception):
    """The file is not what a content file is; the text says which and why."""


@dataclass(frozen=True)
class PageFile:
    slug: str
    kind: str
    title: str
    summary: str
    areas: tuple[str, ...]
    facts: dict[str, Any]
    source: str
    digest: str


def page_files(content: Path) -> Iterator[PageFile]:
    """Articles, then exercises and checks by their codes, then the pages about the site."""
    yield from sorted(_folder(content / "articles", Kind.ARTICLE), key=_article_order)
    yield from sorted(_folder(content / "exercises", Kind.EXERCISE), key=_exercise_order)
    yield from _folder(content / "info", Kind.INFO)


def _folder(folder: Path, kind: Kind) -> Iterator[PageFile]:
    for path in sorted(folder.glob("*.md")):
        yield page_file(path, kind)


def page_file(path: Path, kind: Kind) -> PageFile:
    """Raises Unreadable."""
    text = path.read_text("utf-8")
    found = FRONT_MATTER.match(text)
    if found is None:
        raise Unreadable(f"{path.name}: no front matter between lines of +++")
    try:
        front = tomllib.loads(found[1])
        return PageFile(
            slug=path.stem,
            kind=Kind(front.get("kind", kind)).value,
            title=front["title"],
            summary=front["summary"],
            areas=tuple(front.get("areas", ())),
            facts=_facts(kind, front),
            source=found[2],
            digest=hashlib.sha256(f"{LOADER}\n{text}".encode()).hexdigest(),
        )
    except (tomllib.TOMLDecodeError, KeyError, ValueError) as error:
        raise Unreadable(f"{path.name}: {error}") from error


def _facts(kind: Kind, front: dict[str, Any]) -> dict[str, Any]:
    if kind == Kind.INFO:
        return {}
    return asdict(read(ArticleFacts, front) if kind == Kind.ARTICLE else read(ExerciseFacts, front))


def _article_order(page: PageFile) -> tuple[int, str]:
    return (ARTICLES.index(page.slug) if page.slug in ARTICLES else len(ARTICLES), page.slug)


def _exercise_order(page: PageFile) -> tuple[bool, int, str]:
    number = re.sub(r"\D", "", str(page.facts["code"]))
    return (page.kind == Kind.CHECK, int(number or 0), page.slug)
