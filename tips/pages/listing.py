"""Visitors' pages in the narrowed lists: put there and taken out by the flows that show, change and hide them."""

from collections.abc import Iterator

from tips.pages import fresh
from tips.pages.lists import Listed
from tips.pages.models import Page
from tips.sql.plain import insert_all


def list_again(*pages: Page) -> None:
    """What is public stands in the lists of what it now says, what is not in none. After the row of each was saved,
    which keeps everybody else away from it until the commit."""
    Listed.objects.filter(page__in=pages).delete()
    shown = [page for page in pages if page.is_published and page.is_by_visitor]
    insert_all([row for page in shown for row in _rows(page)])


def _rows(page: Page) -> Iterator[Listed]:
    areas = [fresh.area(each.slug) for each in page.areas.all()]
    subjects = [fresh.about(each) for each in page.about.all()]
    for name in (*areas, *subjects, *(fresh.both(one, other) for one in subjects for other in areas)):
        yield Listed(page_id=page.pk, name=name, kind=page.kind, sequence=page.sequence)
