"""The owner says where old addresses lead: of the site before this one, or of a page that was merged."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from accounts.roles import can_edit_pages
from tips.moved.models import OldAddress


@admin.register(OldAddress)
class OldAddressAdmin(admin.ModelAdmin):
    list_display = ("old", "new")
    search_fields = ("old", "new")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return can_edit_pages(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return can_edit_pages(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return can_edit_pages(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return can_edit_pages(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return can_edit_pages(request.user)
