"""The list of watched words, kept by the owner and the leads."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import User
from accounts.roles import can_edit_pages
from tips.desk import flows
from tips.desk.watched_forms import WatchedWordForm
from tips.guard.models import WatchedWord


@admin.register(WatchedWord)
class WatchedWordAdmin(admin.ModelAdmin):
    actions = None
    form = WatchedWordForm
    list_display = ("pattern", "label", "does", "points")

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

    def save_model(self, request: HttpRequest, obj: WatchedWord, form: Any, change: bool) -> None:
        flows.save_watched_word(word=obj, by=_editor(request), now=timezone.now())

    def delete_model(self, request: HttpRequest, obj: WatchedWord) -> None:
        flows.remove_watched_word(word=obj, by=_editor(request), now=timezone.now())


def _editor(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise TypeError("only people with an account reach the admin")
    return request.user
