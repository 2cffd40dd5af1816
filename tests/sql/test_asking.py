"""A question that is put together once finds what the queryset finds, with other values and on both databases."""

import pytest
from django.db.models.sql.compiler import SQLCompiler

from tests import make
from tips.comments.models import Comment
from tips.pages.models import Page
from tips.sql.asking import Question

pytestmark = pytest.mark.django_db


def put_together(monkeypatch) -> list[str]:
    """The statements that the ORM puts together from here on."""
    made: list[str] = []
    as_sql = SQLCompiler.as_sql

    def counted(compiler, *args, **kwargs):
        sql, params = as_sql(compiler, *args, **kwargs)
        made.append(sql)
        return sql, params

    monkeypatch.setattr(SQLCompiler, "as_sql", counted)
    return made


def test_rows_are_those_of_the_queryset_with_every_kind_of_column(monkeypatch):
    make.article(facts={"exercises": ["hip-hinge"]}, source="## Why\n\nThe psoas.")
    make.exercise()
    at = Question(lambda slug: Page.objects.published().filter(slug=slug))
    wanted = {slug: vars(Page.objects.get(slug=slug)) for slug in ("back-exercises", "hip-hinge")}
    statements = put_together(monkeypatch)
    for slug, values in wanted.items():
        (page,) = at(slug)
        assert vars(page) | {"_state": None} == values | {"_state": None}
        assert not page._state.adding
    assert at("nowhere") == []
    assert len(statements) == 1


def test_columns_that_a_list_leaves_out_are_left_out():
    made = make.article()
    (page,) = Question(lambda slug: Page.objects.named().filter(slug=slug))(made.slug)
    assert "source" in page.get_deferred_fields()
    assert page.source == made.source


def test_plain_values_come_as_rows_over_a_join():
    page = make.page()
    first = make.comment(page, byline="Bea")
    second = make.comment(page, parent=first)
    columns = ("public_id", "published_on", "parent__byline", "page__title")
    rows = Question(
        lambda page, after: Comment.objects.filter(page=page, sequence__gt=after).order_by("pk").values_list(*columns)
    )
    for after in (0, 1):
        assert rows(page.pk, after) == [
            (each.public_id, each.published_on, "Bea" if each == second else None, page.title)
            for each in (first, second)[after:]
        ]


def test_as_many_values_as_there_are(monkeypatch):
    make.article()
    make.exercise()
    named = Question(lambda *slugs: Page.objects.filter(slug__in=slugs).order_by("slug"))
    statements = put_together(monkeypatch)
    for slugs in (["hip-hinge"], ["back-exercises", "hip-hinge"], ["hip-hinge", "back-exercises"]):
        assert [page.slug for page in named(*slugs)] == sorted(slugs)
    assert len(statements) == 2, "one for each number of values"


def test_a_value_that_does_not_go_in_as_it_is_is_refused():
    for ask in (lambda slug: Page.objects.filter(slug=f"the {slug}"), lambda slug: Page.objects.all()):
        with pytest.raises(TypeError, match="as it is"):
            Question(ask)("hip-hinge")
