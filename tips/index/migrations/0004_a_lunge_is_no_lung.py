"""The words that now have a stem of their own (see `stemming.APART`) get it where they were stored before."""

from django.db import migrations

FORMS = "('lunge', 'lunges', 'lunged', 'lunging')"


class Migration(migrations.Migration):
    dependencies = [("index", "0003_words_by_sound")]
    operations = [
        migrations.RunSQL(
            f"UPDATE index_word SET stem = 'lunge' WHERE word IN {FORMS}",
            f"UPDATE index_word SET stem = 'lung' WHERE word IN {FORMS}",
        )
    ]
