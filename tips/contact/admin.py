"""Messages to look at. The address of a sender is not shown: the letter to the owner carries it."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from tips.contact.models import CannedAnswer, Message


@admin.register(Message)
class MessageAdmin(admin.ModelAdmin):
    list_display = ("public_id", "name_shown", "consent_on", "case")
    list_select_related = ("case",)
    fields = ("name", "text", "consent_on", "has_address", "case")
    readonly_fields = fields

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(CannedAnswer)
class CannedAnswerAdmin(admin.ModelAdmin):
    list_display = ("title",)
