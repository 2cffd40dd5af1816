"""Titles while somebody types."""

from functools import lru_cache

from tips.index.backend import Suggestion
from tips.index.engine import engine
from tips.index.words import STOP_WORDS, clean, tokens

__all__ = ["Suggestion", "suggest"]

MOST_CHARACTERS = 100
MOST_WORDS = 8
ROWS = 100  # passages of one page share its title


def suggest(prefix: str, limit: int = 8) -> tuple[Suggestion, ...]:
    """Pages and terms whose title has a word that begins like the last word typed, and all the words before it."""
    typed = tokens(clean(prefix[: 2 * MOST_CHARACTERS])[:MOST_CHARACTERS])[:MOST_WORDS]
    if not typed or len(typed[-1]) < 2:
        return ()
    begun = typed[-1]
    words = [word for word in typed[:-1] if word not in STOP_WORDS]
    rows = engine().titles(words, begun, ROWS)
    pages: dict[str, Suggestion] = {}
    for group, title, url, kind in rows:
        if f" {begun}" in _spaced(title):
            pages[group] = _shorter(Suggestion(title, url, kind), pages.get(group))
    start = f" {' '.join(typed)}"
    ranked = sorted(pages.values(), key=lambda page: not _spaced(page.text).startswith(start))
    return tuple(ranked[:limit])


@lru_cache(maxsize=5_000)
def _spaced(title: str) -> str:
    """Its words, each after a space. The same titles come with every letter that is typed."""
    return "".join(f" {word}" for word in tokens(title))


def _shorter(one: Suggestion, other: Suggestion | None) -> Suggestion:
    """The page itself rather than a place in it."""
    return one if other is None or len(one.url) < len(other.url) else other
