"""What the index holds. The full-text tables and columns hang below `index_passage`: see migration 0002."""

from django.db import models


class StoredPassage(models.Model):
    """One piece of published text with an address of its own; written by `passages` only."""

    source = models.CharField(max_length=80)
    group = models.CharField(max_length=80, db_column="group_key")
    kind = models.CharField(max_length=20)
    day = models.DateField(null=True)  # before the long texts: SQLite reads a row from its beginning
    areas = models.TextField(blank=True)  # "|lumbar|neck|"
    url = models.TextField()
    title = models.TextField(blank=True)
    heading = models.TextField(blank=True)
    body = models.TextField(blank=True)

    class Meta:
        db_table = "index_passage"
        indexes = (
            models.Index(fields=["source"], name="index_passage_source"),
            models.Index(fields=["group"], name="index_passage_group"),
            models.Index(fields=["url"], name="index_passage_url"),
        )

    def __str__(self) -> str:
        return self.url


class Word(models.Model):
    """In how many passages a word stands. The empty word stands in every passage, so its df is their number."""

    word = models.CharField(max_length=40)
    stem = models.CharField(max_length=40)
    df = models.IntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["word"], name="index_word_once"),)
        indexes = (models.Index(fields=["stem"], name="index_word_stem"),)

    def __str__(self) -> str:
        return self.word


class SpellingForm(models.Model):
    """A known word with up to two letters left out: misspellings lose letters to the same forms (SymSpell, in SQL)."""

    pk = models.CompositePrimaryKey("form", "word_id")
    form = models.CharField(max_length=7)
    word = models.ForeignKey(Word, on_delete=models.CASCADE, related_name="forms")

    class Meta:
        db_table = "index_spelling"

    def __str__(self) -> str:
        return self.form
