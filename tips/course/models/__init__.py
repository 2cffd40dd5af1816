"""The e-mail course: its lessons, who is enrolled, what they agreed to, which lessons went out, letters to the list."""

from tips.course.models.announcements import Announcement
from tips.course.models.enrolments import (
    ENROLLED,
    FORGETTABLE,
    IN,
    LIVE,
    CapabilityToken,
    ConsentEvent,
    Enrolment,
    EnrolmentQuerySet,
    State,
)
from tips.course.models.lessons import Lesson, LessonRevision, LessonSent

__all__ = [
    "ENROLLED",
    "FORGETTABLE",
    "IN",
    "LIVE",
    "Announcement",
    "CapabilityToken",
    "ConsentEvent",
    "Enrolment",
    "EnrolmentQuerySet",
    "Lesson",
    "LessonRevision",
    "LessonSent",
    "State",
]
