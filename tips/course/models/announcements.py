"""Letters of the owner to the list."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q

from tips.text import render


class AnnouncementQuerySet(models.QuerySet["Announcement"]):
    def due(self, now: datetime) -> Self:
        return self.filter(state=Announcement.State.SCHEDULED, due_at__lte=now)

    def move(self, *states: str, to: str, **changes: Any) -> int:
        return self.filter(state__in=states).update(state=to, **changes)


class Announcement(models.Model):
    """A letter that the owner writes once, to everybody who agreed to such letters. Change `state` only by `move`."""

    class State(models.TextChoices):
        DRAFT = "draft"
        SCHEDULED = "scheduled", "waiting to be sent"
        SENT = "sent"
        STOPPED = "stopped"

    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    subject = models.CharField(max_length=120)
    source = models.TextField()
    html = models.TextField(editable=False)
    due_at = models.DateTimeField(null=True)
    made_on = models.DateField()
    recipients = models.PositiveIntegerField(default=0)

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["draft", "scheduled", "sent", "stopped"]), name="announcement_state_known"
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.html = render.staff(self.source).html
        super().save(*args, **kwargs)
