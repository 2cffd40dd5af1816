"""Slugs and titles of the site's own articles, exercises and checks: read again when one came, went or was renamed."""

import functools
from collections.abc import Mapping

from tips.freshness.slots import generation
from tips.pages.fresh import OWN
from tips.pages.models import Kind, Page

Option = tuple[str, str]  # slug, title


def owners_pages() -> list[Option]:
    return [(slug, title) for slug, title, _kind in _read(generation(OWN))]


def titles() -> Mapping[str, str]:
    """By slug."""
    return _titles(generation(OWN))


def exercises() -> list[Option]:
    return [(slug, title) for slug, title, kind in _read(generation(OWN)) if kind == Kind.EXERCISE]


@functools.lru_cache(maxsize=1)
def _titles(known: int) -> dict[str, str]:
    return {slug: title for slug, title, _kind in _read(known)}


@functools.lru_cache(maxsize=1)
def _read(_generation: int) -> tuple[tuple[str, str, str], ...]:
    found = Page.objects.published().of_kind(Kind.ARTICLE, Kind.EXERCISE, Kind.CHECK).order_by("title")
    return tuple(found.values_list("slug", "title", "kind"))
