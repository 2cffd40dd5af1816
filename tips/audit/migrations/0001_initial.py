"""The log's table, by hand: triggers on both databases refuse to change, remove or empty what was once written."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

TABLE = """CREATE TABLE audit_event (
  seq bigint PRIMARY KEY, day date NOT NULL, actor varchar(40) NOT NULL, action varchar(24) NOT NULL,
  object varchar(60) NOT NULL, reason varchar(40) NOT NULL, content varchar(64) NOT NULL,
  previous varchar(64) NOT NULL, hash varchar(64) NOT NULL)"""
REFUSAL = "the audit log can only grow"
SQLITE = tuple(
    f"CREATE TRIGGER audit_event_no_{event.lower()} BEFORE {event} ON audit_event"
    f" BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    for event in ("UPDATE", "DELETE")
)
POSTGRESQL = (
    "CREATE FUNCTION audit_event_refuse() RETURNS trigger LANGUAGE plpgsql AS"
    f" $$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$",
    "CREATE TRIGGER audit_event_no_change BEFORE UPDATE OR DELETE ON audit_event"
    " FOR EACH ROW EXECUTE FUNCTION audit_event_refuse()",
    "CREATE TRIGGER audit_event_no_emptying BEFORE TRUNCATE ON audit_event"
    " FOR EACH STATEMENT EXECUTE FUNCTION audit_event_refuse()",
)


def make(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in (TABLE, *(SQLITE if editor.connection.vendor == "sqlite" else POSTGRESQL)):
        editor.execute(statement)


def unmake(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    editor.execute("DROP TABLE audit_event")
    if editor.connection.vendor != "sqlite":
        editor.execute("DROP FUNCTION audit_event_refuse")


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="ItemKey",
            fields=[
                ("object", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("key", models.BinaryField(max_length=32)),
            ],
        ),
        migrations.CreateModel(
            name="AuditEvent",
            fields=[
                ("seq", models.BigIntegerField(primary_key=True, serialize=False)),
                ("day", models.DateField()),
                ("actor", models.CharField(max_length=40)),
                ("action", models.CharField(max_length=24)),
                ("object", models.CharField(max_length=60)),
                ("reason", models.CharField(max_length=40)),
                ("content", models.CharField(max_length=64)),
                ("previous", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64)),
            ],
            options={"db_table": "audit_event", "ordering": ["seq"], "managed": False},
        ),
        migrations.RunPython(make, unmake),
    ]
