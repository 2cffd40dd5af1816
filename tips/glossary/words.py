"""What the search knows about words: groups of everyday and technical ones, and common misspellings."""

import functools
import tomllib
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

from django.conf import settings

from tips.freshness.once import built_once
from tips.freshness.slots import generation
from tips.glossary.models import SynonymGroup, Term
from tips.index.spelling import Lexicon
from tips.index.stemming import stemmed
from tips.index.synonyms import Group
from tips.index.words import STOP_WORDS, tokens

GENERATION = "glossary"


def synonym_groups() -> tuple[Group, ...]:
    """The staff's groups, and for each term of the glossary its variants and everyday words."""
    return _groups(generation(GENERATION))


@built_once
def _groups(_generation: int) -> tuple[Group, ...]:
    chosen = [
        Group(tuple(row.lay), tuple(row.means), row.both, tuple(row.pages))
        for row in SynonymGroup.objects.order_by("pk")
    ]
    terms = Term.objects.in_order()
    variants = [Group(tuple(term.variants), (term.name,), both=True) for term in terms if term.variants]
    everyday = [Group(tuple(term.lay), (term.name,), both=False) for term in terms if term.lay]
    return (*chosen, *variants, *everyday)


def lexicon() -> Lexicon:
    """What the staff know about spelling: curated slips, plain English, and the everyday words of the groups."""
    return _lexicon(generation(GENERATION))


@built_once
def _lexicon(known: int) -> Lexicon:
    wordings = [wording for group in _groups(known) for wording in (*group.lay, *group.means)]
    said = [tokens(wording) for wording in wordings]
    lay = {word for words in said for word in words} - STOP_WORDS
    pairs = {pair for words in said for pair in pairwise(words)}
    return Lexicon(misspellings(), _plain(), _plain_stems(), frozenset(lay), frozenset(pairs))


@functools.cache
def _plain() -> frozenset[str]:
    lines = (Path(settings.CONTENT_DIR) / "plain.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@functools.cache
def _plain_stems() -> frozenset[str]:
    return frozenset(map(stemmed, _plain()))


def misspellings() -> Mapping[str, str]:
    """Wrong to right, for words that are no words."""
    return _spelling()["always"]


def real_words() -> Mapping[str, str]:
    """Real words that are usually a slip here: to be offered, never to be replaced."""
    return _spelling()["search_only"]


@functools.cache
def _spelling() -> dict[str, dict[str, str]]:
    return tomllib.loads((Path(settings.CONTENT_DIR) / "spelling.toml").read_text("utf-8"))
