"""A row put in plainly is the row that the ORM would have put in, for one statement."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, models, transaction

from tests import make
from tests.make import NOW
from tips.cases.models import Case, Kind, Priority
from tips.comments.models import Comment
from tips.guard.models import Acknowledgement, Fingerprint
from tips.outcomes.models import Outcome
from tips.pages.lists import PageArea
from tips.pages.models import Page, Revision
from tips.receipts.models import Address, PrivateCode, Receipt
from tips.sql.plain import insert, insert_all, new, put

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


def new_rows() -> list[models.Model]:
    page, case, receipt = make.page(), Case.objects.create(kind=Kind.PAGE, opened_at=NOW), make_receipt()
    return [
        Case(
            kind=Kind.PAGE,
            priority=Priority.SAME_DAY,
            flags=["cauda-equina:E"],
            signals=["“é”"],
            weights=[5],
            matches=[["rule", "it’s"]],
            late=True,
            opened_at=NOW + timedelta(microseconds=7),
        ),
        Page(kind="tip", title="Bend over", source="It\nlet go", html="<p>It</p>", facts={"steps": ["é", "%s"]}),
        PageArea(page=page, slug="hip"),
        Revision(page=page, number=7, origin=Revision.Origin.VISITOR, title="x", case=case, made_on=TODAY),
        Outcome(page=page, tried=["walking"], pain_before=0, other_things=[]),
        Comment(page=page, source="It did.", case=case, flags=[]),
        Receipt(page=make.page("Another"), consent="health", consent_on=TODAY),
        PrivateCode(receipt=receipt, digest="d" * 64),
        Address(receipt=receipt, purpose=Address.Purpose.DECISION, sealed=b"\0\xff", consent_on=TODAY),
        Fingerprint(about=2**40, a=1, b=2, c=3, d=65535, made_on=TODAY),
        Acknowledgement(key_digest="k" * 64, body_digest="b" * 64, receipt=b"\0\xff", expires=NOW),
    ]


def make_receipt() -> Receipt:
    return Receipt.objects.create(page=make.page("One more"), consent="health", consent_on=TODAY)


def columns(row: models.Model) -> dict[str, object]:
    values = {each.attname: getattr(row, each.attname) for each in row._meta.concrete_fields}
    return {name: bytes(value) if isinstance(value, memoryview) else value for name, value in values.items()}


@pytest.mark.parametrize("number", range(11))
def test_it_is_the_row_that_the_orm_reads_back(number, django_assert_num_queries):
    row = new_rows()[number]
    with django_assert_num_queries(1):
        assert insert(row)

    assert row.pk
    assert not row._state.adding
    assert columns(type(row)._default_manager.get(pk=row.pk)) == columns(row)


def test_a_row_that_nobody_needs_has_its_defaults_and_no_other_names():
    page = make.page()
    number = put(Outcome, page_id=page.pk, pain_after=3)

    assert columns(Outcome.objects.get(pk=number)) == columns(Outcome(pk=number, page=page, pain_after=3))
    with pytest.raises(TypeError, match="pain_later"):
        put(Outcome, page_id=page.pk, pain_later=3)


def test_a_row_made_in_less_time_is_the_row_that_its_class_makes():
    page = make.page()
    one = new(Outcome, page_id=page.pk, pain_after=3)

    assert (one.pk, one._state.adding, one.page) == (None, True, page)
    assert columns(one) == columns(Outcome(page=page, pain_after=3))
    assert one.other_things is not new(Outcome).other_things
    assert new(Page).slug != new(Page).slug
    insert(one)
    assert Outcome.objects.get() == one
    with pytest.raises(TypeError, match="pain_later"):
        new(Outcome, pain_later=3)


def test_it_asks_no_field_and_sends_no_signal(monkeypatch):
    page = make.page()
    new(Receipt), new(Revision)  # their defaults are made once
    monkeypatch.setattr(models.Model, "__init__", None)
    monkeypatch.setattr(models.Field, "get_default", None)
    insert(new(Receipt, page_id=page.pk, consent="health", consent_on=TODAY))
    put(Revision, page_id=page.pk, number=2, origin=Revision.Origin.VISITOR, title="x", made_on=TODAY)


def test_what_is_unique_is_put_in_once():
    one, other = (Acknowledgement(key_digest="k", body_digest=body, receipt=b"", expires=NOW) for body in ("1", "2"))

    assert insert(one, once=True)
    assert not insert(other, once=True)
    assert other.pk is None
    assert Acknowledgement.objects.get().body_digest == "1"
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(other)


def test_what_the_database_forbids_it_forbids_here():
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(Page(kind="poem", title="x"))


def test_many_rows_at_once_are_those_that_would_have_been_put_in_one_by_one():
    insert(one := Case(kind=Kind.PAGE, opened_at=NOW))
    many = [Case(kind=Kind.PAGE, opened_at=NOW, flags=["é"]), Case(kind=Kind.COMMENT, opened_at=NOW, late=True)]

    insert_all(many, numbered=True)
    insert(last := Case(kind=Kind.PAGE, opened_at=NOW))

    assert [columns(Case.objects.get(pk=row.pk)) for row in many] == [columns(row) for row in many]
    assert one.pk < many[0].pk < many[1].pk < last.pk


def test_many_rows_of_an_empty_table_and_of_one_that_was_emptied():
    rows = [PageArea(page=make.page(), slug=f"{number}") for number in range(3)]
    Outcome.objects.all().delete()
    insert_all([])
    PageArea.objects.all().delete()
    insert_all(rows[:2])
    insert_all(rows[2:], numbered=True)

    assert [row.pk for row in rows[:2]] == [None, None]
    assert PageArea.objects.order_by("pk").last().pk == rows[2].pk
    assert {each.slug for each in PageArea.objects.all()} == {"0", "1", "2"}


def test_many_rows_take_two_statements(django_assert_num_queries):
    pages = [Page(kind="tip", title=f"Page {number}") for number in range(300)]
    with django_assert_num_queries(2):
        insert_all(pages, numbered=True)
