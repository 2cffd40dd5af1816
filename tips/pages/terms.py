"""Terms of the glossary, with what hangs on them: the search, and every page of the site's own that mentions one."""

from django.db import transaction

from tips.freshness.slots import bump
from tips.glossary.models import Term
from tips.glossary.passages import passage
from tips.glossary.words import GENERATION
from tips.index.passages import remove, store
from tips.pages.loading import render_again


@transaction.atomic
def save_term(*, term: Term) -> Term:
    """The glossary, the search and the pages explain it so from the commit on."""
    term.save()
    store(term.source_key, [passage(term)])
    _everywhere()
    return term


@transaction.atomic
def remove_term(*, term: Term) -> None:
    remove(term.source_key)
    term.delete()
    _everywhere()


def _everywhere() -> None:
    render_again()
    transaction.on_commit(lambda: bump(GENERATION))
