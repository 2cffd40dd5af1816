"""What made-up pages say, before anything is stored. A page is the same for the same seed, however many are made."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.text import slugify

from backsite.synthetic.words import Language
from tips.pages.models import VISITOR_KINDS, Kind

ARTICLE_EVERY = 20  # the first of so many pages; the others are visitors'
PARAGRAPHS, PARAGRAPH_WORDS = 8, 76
REPLY_WORDS = (20, 80)
FIRST_DAY, PAGES_A_DAY = date(2016, 1, 1), 200
SLUG_WORDS = 50  # characters


@dataclass(frozen=True)
class Places:
    """Slugs that a page may name: areas of the body, the site's own exercises."""

    areas: Sequence[str]
    exercises: Sequence[str]


@dataclass(frozen=True)
class Reply:
    """`to`: which of the replies before it is answered, counted from 0."""

    text: str
    to: int | None


@dataclass(frozen=True)
class Draft:
    number: int
    kind: Kind
    title: str
    slug: str
    source: str
    areas: tuple[str, ...]
    about: tuple[str, ...]
    day: date
    replies: tuple[Reply, ...]


def draft(language: Language, places: Places, *, seed: int, number: int, replies: int) -> Draft:
    """`number` counts from 1."""
    chance = random.Random(f"{seed} {number}")  # noqa: S311 - nothing to be guessed: the same again is what is wanted
    title = language.title(chance)
    is_article = (number - 1) % ARTICLE_EVERY == 0
    paragraphs = [language.paragraph(chance, PARAGRAPH_WORDS) for _ in range(PARAGRAPHS)]
    if is_article:
        paragraphs[::2] = [f"## {language.title(chance)}\n\n{text}" for text in paragraphs[::2]]
    return Draft(
        number=number,
        kind=Kind.ARTICLE if is_article else VISITOR_KINDS[number % len(VISITOR_KINDS)],
        title=title,
        slug=f"{slugify(title)[:SLUG_WORDS].strip('-')}-{number}",
        source="\n\n".join(paragraphs),
        areas=_some(chance, places.areas, most=2),
        about=_some(chance, places.exercises, most=2),
        day=FIRST_DAY + timedelta(days=number // PAGES_A_DAY),
        replies=tuple(_reply(language, chance, before) for before in range(replies)),
    )


def _some(chance: random.Random, of: Sequence[str], most: int) -> tuple[str, ...]:
    return tuple(sorted(chance.sample(of, min(len(of), chance.randint(1, most)))))


def _reply(language: Language, chance: random.Random, before: int) -> Reply:
    """Every third answers one of those before it."""
    to = chance.randrange(before) if before % 3 == 2 else None
    return Reply(language.paragraph(chance, chance.randint(*REPLY_WORDS)), to)
