"""`manage.py reindex` builds from what is public, and nothing else, the index that publishing builds bit by bit."""

import pytest
from django.core.management import call_command

from backsite.sources import everything_to_find
from tests import make
from tips.comments.flows import take_down_comment
from tips.glossary.passages import passage
from tips.index.models import StoredPassage
from tips.index.passages import store
from tips.pages.flows import take_down_page
from tips.pages.warnings import store_warnings

pytestmark = pytest.mark.django_db

COLUMNS = ("source", "group", "kind", "url", "title", "heading", "body", "areas", "day")


def index() -> set[tuple[object, ...]]:
    return set(StoredPassage.objects.values_list(*COLUMNS))


@pytest.fixture
def site():
    article = make.article()
    make.exercise()
    make.comment(article, "Glimmerwort helped me.")
    make.comment(make.page("Wheelbarrow morning"), "Quibblefish too.")
    term = make.term()
    store(term.source_key, [passage(term)])
    store_warnings()


def test_a_new_index_is_the_one_that_grew(site, capsys):
    grown = index()
    StoredPassage.objects.all().delete()

    call_command("reindex")

    assert index() == grown
    assert "can be found" in capsys.readouterr().out


def test_what_is_not_public_leaves_the_index(site, capsys):
    waiting, hidden = make.waiting_page("Zzyzx waiting"), make.comment(make.article("psoas", "Psoas"), "Zzyzx hidden.")
    store(waiting.source_key, [passage(make.term("Zzyzx"))])
    take_down_comment(comment=hidden)
    store(hidden.source_key, [passage(make.term("Zzyzx again"))])

    call_command("reindex")

    left = set(StoredPassage.objects.values_list("source", flat=True))
    assert not {waiting.source_key, hidden.source_key} & left


def test_what_is_hidden_while_the_index_is_built_is_not_found_again():
    pages = [make.page(f"Page {number}") for number in range(3)]
    drawn = (source for source, _passages in everything_to_find() if source.startswith("page:"))
    assert next(drawn) == pages[0].source_key
    take_down_page(page=pages[1])
    assert list(drawn) == [pages[2].source_key]
