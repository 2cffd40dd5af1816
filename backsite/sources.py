"""All that the search may find, each read at the moment it is stored, so that what is hidden meanwhile stays hidden."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from django.db.models import Model, QuerySet

from tips.comments.models import Comment
from tips.comments.passages import passage as of_comment
from tips.glossary.models import Term
from tips.glossary.passages import passage as of_term
from tips.index.passages import Passage
from tips.pages import warnings
from tips.pages.models import Page
from tips.pages.passages import passages as of_page

Source = tuple[str, Sequence[Passage]]
M = TypeVar("M", bound=Model)


def everything_to_find() -> Iterator[Source]:
    yield warnings.SOURCE, warnings.passages()
    yield from _each(Term.objects.all(), lambda term: (term.source_key, [of_term(term)]))
    yield from _each(Page.objects.published().prefetch_related("areas"), lambda page: (page.source_key, of_page(page)))
    yield from _each(
        Comment.objects.published().select_related("page").prefetch_related("page__areas"),
        lambda comment: (comment.source_key, [of_comment(comment)]),
    )


def _each(rows: QuerySet[M], source: Callable[[M], Source]) -> Iterator[Source]:
    last = 0
    while row := rows.filter(pk__gt=last).order_by("pk").first():
        yield source(row)
        last = row.pk
