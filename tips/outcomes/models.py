from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from tips.pages.models import Page

PAIN = [MinValueValidator(0), MaxValueValidator(10)]
LONGEST_WEEKS = 520


def at_most(name: str, most: int) -> models.CheckConstraint:
    allowed = models.Q((f"{name}__isnull", True)) | models.Q((f"{name}__lte", most))
    return models.CheckConstraint(condition=allowed, name=f"outcome_{name}_most")


class Outcome(models.Model):
    """The structured part of an experience. Codes are those of `outcomes/choices.py`; empty means not answered."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="outcome")
    tried = models.JSONField(default=list)
    main = models.CharField(max_length=80, blank=True)  # the one of `tried` that mattered most
    tried_other = models.CharField(max_length=80, blank=True)
    duration = models.CharField(max_length=20, blank=True)
    pain_before = models.PositiveSmallIntegerField(null=True, validators=PAIN)
    pain_after = models.PositiveSmallIntegerField(null=True, validators=PAIN)
    after_how_long = models.CharField(max_length=20, blank=True)
    frequency = models.CharField(max_length=20, blank=True)
    weeks_done = models.PositiveSmallIntegerField(null=True)
    change = models.CharField(max_length=20, blank=True)
    activity = models.CharField(max_length=60, blank=True)  # which the pain stopped
    activity_before = models.PositiveSmallIntegerField(null=True, validators=PAIN)  # 0 unable, 10 as before the pain
    activity_after = models.PositiveSmallIntegerField(null=True, validators=PAIN)
    side_effects = models.CharField(max_length=200, blank=True)
    new_symptom = models.CharField(max_length=200, blank=True)
    other_things = models.JSONField(default=list)  # at the same time
    again = models.CharField(max_length=20, blank=True)
    why_not = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pain_before__isnull=True) | models.Q(pain_before__lte=10), name="outcome_before_0_10"
            ),
            models.CheckConstraint(
                condition=models.Q(pain_after__isnull=True) | models.Q(pain_after__lte=10), name="outcome_after_0_10"
            ),
            at_most("activity_before", 10),
            at_most("activity_after", 10),
            at_most("weeks_done", LONGEST_WEEKS),
        ]

    def __str__(self) -> str:
        return f"outcome of page {self.page_id}"
