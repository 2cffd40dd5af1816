"""How pages and lists are called in `freshness`: views note these names, and what changes a page bumps them.

A list notes who may stand in it (VISITORS, an area, a subject) and, of each page that it shows, the page itself. So a
page that goes or changes needs no list named, one that comes needs those that it comes into, and a reply only what
tells of replies.
"""

from collections.abc import Iterable

from django.db import transaction

from tips.freshness.slots import bump
from tips.pages.models import Page

OWN = "own pages"  # which of the site's own there are, and what they are called
VISITORS = "visitors' pages"  # which of them there are
ANY = "any page"  # for what tells of all


def replies(page: Page) -> str:
    """Their words and their number."""
    return f"replies:{page.pk}"


def about(page: Page) -> str:
    """Which visitors' pages there are about it."""
    return f"about:{page.pk}"


def area(slug: str) -> str:
    """Which visitors' pages there are about a part of the body."""
    return f"area:{slug}"


def titles(pages: Iterable[Page]) -> list[str]:
    """For who shows words of these pages and not how many replies they have."""
    return [page.source_key for page in pages]


def both(one: str, other: str) -> str:
    """Which visitors' pages stand in both lists."""
    return f"{one} {other}"


def lines(pages: Iterable[Page]) -> list[str]:
    """For who shows these pages with the number of their replies."""
    return [name for page in pages for name in (page.source_key, replies(page))]


def stale(page: Page) -> None:
    """It came, went or changed, and with it the lists that it may stand in from the commit on."""
    transaction.on_commit(lambda: bump(page.source_key, ANY, *_lists(page)))


def stale_words(page: Page) -> None:
    """The same of a page that stays in its lists, under its title."""
    transaction.on_commit(lambda: bump(page.source_key, ANY))


def _lists(page: Page) -> list[str]:
    if not page.is_by_visitor:
        return [OWN]
    subjects = Page.objects.filter(visitors_pages=page)
    return [VISITORS, *map(about, subjects.only("pk")), *map(area, page.areas.values_list("slug", flat=True))]
