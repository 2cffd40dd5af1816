"""Everyday words. Terms are in the admin of `pages`, since every page that mentions one is rendered again."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from accounts.roles import can_edit_pages
from tips.glossary import flows
from tips.glossary.forms import GroupForm
from tips.glossary.models import SynonymGroup


class ForEditors(admin.ModelAdmin):
    """The owner and the lead moderators. What came with the site is changed, not removed: it would come back."""

    actions = None

    def has_module_permission(self, request: HttpRequest) -> bool:
        return can_edit_pages(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return can_edit_pages(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return can_edit_pages(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return can_edit_pages(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return can_edit_pages(request.user) and obj is not None and not obj.loaded_digest


@admin.register(SynonymGroup)
class GroupAdmin(ForEditors):
    form = GroupForm
    list_display = ("__str__", "both")

    def save_model(self, request: HttpRequest, obj: SynonymGroup, form: Any, change: bool) -> None:
        flows.save_group(group=obj)

    def delete_model(self, request: HttpRequest, obj: SynonymGroup) -> None:
        flows.remove_group(group=obj)
