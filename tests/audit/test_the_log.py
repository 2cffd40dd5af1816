"""T10: nobody changes what the log says, and whoever does it all the same is found out."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from tips.audit import log
from tips.audit.models import AuditEvent

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def a_home_of_its_own(settings, tmp_path):
    settings.HOME = tmp_path


@pytest.fixture
def five():
    return [
        log.append(actor="staff:1", action="publish", about=f"case:{number}", day=DAY, content=f"Words {number}")
        for number in range(5)
    ]


def sql(statement: str, *values: int | str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def without_triggers() -> None:
    """As somebody who owns the database would begin."""
    if connection.vendor == "sqlite":
        sql("DROP TRIGGER audit_event_no_update")
        sql("DROP TRIGGER audit_event_no_delete")
    else:
        sql("ALTER TABLE audit_event DISABLE TRIGGER USER")


def said() -> str:
    out = StringIO()
    call_command("audit", "verify", stdout=out)
    return out.getvalue()


def fault() -> str:
    with pytest.raises(CommandError) as complaint:
        call_command("audit", "verify")
    return str(complaint.value)


def test_the_log_as_it_was_written_is_found_whole(five):
    assert said() == f"All {five[-1].seq} rows are as they were written.\n"


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_event SET reason = 'test'", "DELETE FROM audit_event", "DELETE FROM audit_event WHERE seq = 1"],
)
def test_the_database_refuses_to_change_or_remove_a_row_t10(five, statement):
    with pytest.raises(DatabaseError, match="can only grow"), transaction.atomic():
        sql(statement)
    assert AuditEvent.objects.count() == five[-1].seq


def test_with_the_triggers_gone_a_changed_row_is_named_t10(five):
    without_triggers()
    sql("UPDATE audit_event SET actor = 'staff:2' WHERE seq = %s", five[2].seq)
    assert fault() == f"Row {five[2].seq} was changed."


def test_a_row_changed_with_a_new_hash_breaks_the_next_one_t10(five):
    without_triggers()
    changed = five[2]
    changed.actor = "staff:2"
    sql("UPDATE audit_event SET actor = 'staff:2', hash = %s WHERE seq = %s", log.chained(changed), changed.seq)
    assert fault() == f"Row {changed.seq + 1} does not follow from the one before it."


def test_a_row_taken_out_is_missed_t10(five):
    without_triggers()
    sql("DELETE FROM audit_event WHERE seq = %s", five[1].seq)
    assert fault() == f"Row {five[1].seq} is missing."


def test_a_row_put_in_is_named_t10(five):
    seq = five[-1].seq + 1
    sql("INSERT INTO audit_event VALUES (%s, '2026-11-22', 's', 'publish', 'case:9', '', '', %s, 'e')", seq, "f" * 64)
    assert fault() == f"Row {seq} does not follow from the one before it."


def test_an_end_that_was_cut_off_is_missed_because_its_head_was_noted_elsewhere_t10(five):
    log.note_head(DAY)
    without_triggers()
    sql("DELETE FROM audit_event WHERE seq = %s", five[-1].seq)
    assert fault() == f"Row {five[-1].seq} is missing, and was noted outside the database."


def test_the_same_words_of_one_item_have_one_digest_and_no_other_item_shares_it():
    one, again = (log.append(actor="a", action="b", about="case:1", day=DAY, content="Words") for _ in range(2))
    other = log.append(actor="a", action="b", about="case:2", day=DAY, content="Words")
    assert one.content == again.content != other.content


def test_once_forgotten_the_words_cannot_be_tried_out_and_the_chain_is_whole():
    before = log.append(actor="a", action="b", about="case:1", day=DAY, content="Words")
    log.forget("case:1")
    after = log.append(actor="a", action="b", about="case:1", day=DAY, content="Words")
    assert before.content != after.content
    assert "as they were written" in said()


def test_a_row_belongs_to_the_transaction_of_what_it_tells():
    before = AuditEvent.objects.count()
    with transaction.atomic():
        log.append(actor="a", action="b", about="case:1", day=DAY)
        transaction.set_rollback(True)
    assert AuditEvent.objects.count() == before
