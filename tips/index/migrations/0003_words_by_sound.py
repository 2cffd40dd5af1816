"""Words can also be found by their sound: a form that begins with "~"."""

from django.db import migrations

from tips.index.slips import sound
from tips.index.vocabulary import FORM_LETTERS, SPELLED


def forth(apps, schema_editor):
    words = apps.get_model("index", "Word").objects.using(schema_editor.connection.alias).values_list("pk", "word")
    found = [(f"~{sound(word)}"[:FORM_LETTERS], pk) for pk, word in words if SPELLED.fullmatch(word)]
    with schema_editor.connection.cursor() as cursor:
        cursor.executemany("INSERT INTO index_spelling (form, word_id) VALUES (%s, %s)", found)


def back(apps, schema_editor):
    schema_editor.execute("DELETE FROM index_spelling WHERE form LIKE '~%%'")


class Migration(migrations.Migration):
    dependencies = [("index", "0002_full_text")]
    operations = [migrations.RunPython(forth, back)]
