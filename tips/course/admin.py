"""Staff see lessons and counts. No address is shown anywhere: it is sealed, and these pages do not open it."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from tips.course.models import ConsentEvent, Enrolment, Lesson, LessonRevision


class ReadOnly:
    """Rows that only flows may write."""

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class Revisions(ReadOnly, admin.TabularInline):
    model = LessonRevision
    fields = ("number", "title", "published_at")
    extra = 0


@admin.register(Lesson)
class LessonAdmin(admin.ModelAdmin):
    list_display = ("position", "slug", "published")
    list_display_links = ("slug",)
    inlines = (Revisions,)


@admin.register(Enrolment)
class EnrolmentAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("pk", "state", "run", "cursor", "pace_days", "ended_on")
    list_filter = ("state",)
    fields = ("state", "run", "cursor", "pace_days", "ended_on")


@admin.register(ConsentEvent)
class ConsentEventAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("day", "event", "what", "place", "enrolment_id")
    list_filter = ("event",)
    fields = ("day", "event", "what", "place")
