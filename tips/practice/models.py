from typing import ClassVar

from django.conf import settings
from django.db import models


class Practice(models.Model):
    """What the owner says about themselves and their practice: one row, filled in on the set-up page."""

    name = models.CharField("your name", max_length=80, blank=True)
    site_name = models.CharField("name of the site", max_length=60, blank=True)
    qualifications = models.CharField("qualifications, as they should be shown", max_length=200, blank=True)
    about = models.TextField("a few sentences about you", max_length=2000, blank=True)
    photo = models.BinaryField(null=True)  # a WebP of at most 800 x 800 pixels, redrawn, without metadata
    photo_alt = models.CharField("what the photo shows", max_length=200, blank=True)
    country = models.CharField("country for helplines", max_length=2, default="")
    time_zone = models.CharField(max_length=60, default="", blank=True)
    contact_hours = models.CharField("when you answer messages", max_length=120, blank=True)
    notify = models.EmailField("address that messages and the queue's news go to", blank=True)
    away_until = models.DateField("away until", null=True, blank=True)  # the first day back; tidied when it has come
    away_line = models.CharField("what visitors are told meanwhile", max_length=200, blank=True)
    handover = models.TextField("a note for whoever stands in", max_length=4000, blank=True)  # only for moderators
    is_slow = models.BooleanField(default=False, editable=False)  # turns itself on and off: see `pace`
    set_up = models.BooleanField(default=False)

    objects: ClassVar[models.Manager["Practice"]] = models.Manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="practice_is_one_row")]

    def __str__(self) -> str:
        return self.name or "the practice"

    @classmethod
    def current(cls) -> "Practice":
        """The row, or an unsaved one with what the environment says."""
        return cls.objects.defer("photo").filter(pk=1).first() or cls(
            pk=1, country=settings.COUNTRY, time_zone=settings.TIME_ZONE
        )
