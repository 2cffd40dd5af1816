from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from tips.pages.models import Page

PAIN = [MinValueValidator(0), MaxValueValidator(10)]


class Outcome(models.Model):
    """The structured part of an experience. Codes are those of `outcomes/choices.py`; empty means not answered."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="outcome")
    tried = models.JSONField(default=list)
    duration = models.CharField(max_length=20, blank=True)
    pain_before = models.PositiveSmallIntegerField(null=True, validators=PAIN)
    pain_after = models.PositiveSmallIntegerField(null=True, validators=PAIN)
    after_how_long = models.CharField(max_length=20, blank=True)
    frequency = models.CharField(max_length=20, blank=True)
    change = models.CharField(max_length=20, blank=True)
    activity = models.CharField(max_length=60, blank=True)
    side_effects = models.CharField(max_length=200, blank=True)
    again = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pain_before__isnull=True) | models.Q(pain_before__lte=10), name="outcome_before_0_10"
            ),
            models.CheckConstraint(
                condition=models.Q(pain_after__isnull=True) | models.Q(pain_after__lte=10), name="outcome_after_0_10"
            ),
        ]

    def __str__(self) -> str:
        return f"outcome of page {self.page_id}"
