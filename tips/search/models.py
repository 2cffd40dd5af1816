from django.db import models


class Promotion(models.Model):
    """A page that comes first for these words, because the staff say so."""

    words = models.CharField(max_length=100)
    stems = models.CharField(max_length=100)  # of the words, in order: what a question is compared with
    page = models.ForeignKey("pages.Page", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["stems", "page"], name="search_promotion_once"),)

    def __str__(self) -> str:
        return self.words


class Unanswered(models.Model):
    """Words that were searched for on a day, three times or more, and stood nowhere. Who asked is kept nowhere."""

    words = models.CharField(max_length=60)
    day = models.DateField()
    times = models.PositiveIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["words", "day"], name="search_unanswered_once_a_day"),
            models.CheckConstraint(condition=models.Q(times__gte=3), name="search_unanswered_three_times"),
        )

    def __str__(self) -> str:
        return self.words
