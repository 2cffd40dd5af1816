"""The budgets of the contract, on the real content, with few rows and with many. Counts and bytes, never seconds."""

import pytest
from django.core.management import call_command

from bench import budgets
from tests import make

pytestmark = pytest.mark.django_db

QUEUE = 8  # queries of the moderator's page, signing in included


@pytest.mark.parametrize("rows", [budgets.FEW, budgets.MANY])
def test_every_page_keeps_to_its_budget_at_any_number_of_rows(rows):
    call_command("load_content", quiet=True)
    page = budgets.fill(rows)
    for name, (path, allowed) in budgets.PAGES.items():
        measured = budgets.cost(name, path.format(page=page))
        assert not budgets.over(measured, allowed), measured


@pytest.mark.parametrize("rows", [budgets.FEW, budgets.MANY])
def test_the_queue_asks_no_more_the_longer_it_is(rows, django_assert_max_num_queries):
    page = make.page()
    for number in range(rows):
        make.waiting_page(f"Waiting, number {number}", flags=["cauda-equina"])
        make.waiting_comment(page, f"Waiting, reply {number}")
        make.comment(page, f"Decided, reply {number}")
    mina = make.signed_in(make.mina())
    mina.get("/moderation/")
    with django_assert_max_num_queries(QUEUE):
        assert mina.get("/moderation/").status_code == 200


def test_style_sheets_and_scripts_keep_to_theirs():
    assert budgets.weigh("css/*.css") <= budgets.CSS
    assert budgets.weigh("js/*.js") <= budgets.JAVASCRIPT


def test_a_page_over_its_budget_would_be_named():
    make.article()
    measured = budgets.cost("article", "/articles/back-exercises/")
    assert budgets.over(measured, budgets.Budget(queries=0, html=10)) == ["queries", "html"]
