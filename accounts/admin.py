"""People and what they may do. Whoever is added here chooses a password through "Forgotten your password?"."""

from typing import Any

import django.contrib.auth.admin  # noqa: F401 - it registers groups, which are taken out again below
from allauth.mfa.admin import AuthenticatorAdmin
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.models import Group
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from accounts import flows
from accounts.models import User


def sign_in(request: HttpRequest, extra_context: object = None) -> HttpResponse:  # noqa: ARG001 - Django names it
    """Through our own sign-in alone. That of the admin would ask nobody for a second factor, so nobody reaches it."""
    wished = request.GET.get(REDIRECT_FIELD_NAME, "")
    then = wished if url_has_allowed_host_and_scheme(wished, allowed_hosts=None) else "/admin/"
    if not request.user.is_authenticated:
        return redirect_to_login(then)
    if not admin.site.has_permission(request):
        raise Http404
    return HttpResponseRedirect(then)


admin.site.login = sign_in  # type: ignore[method-assign]
admin.site.unregister(Group)  # groups decide nothing here: `accounts.roles` does
admin.site.unregister(Authenticator)


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    list_display = ("email", "name", "role", "is_active")
    fields = ("email", "name", "role", "is_active")

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """An address is changed by its owner, who confirms the new one."""
        return ("email",) if obj else ()

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        if change:
            super().save_model(request, obj, form, change)
        else:
            flows.invite(user=obj)


@admin.register(Authenticator)
class SecondFactorAdmin(AuthenticatorAdmin):
    """Taken away when somebody lost theirs; its secret is nobody's to read."""

    actions = None
    fields = ("user", "type", "created_at", "last_used_at")
    readonly_fields = fields

    def delete_model(self, request: HttpRequest, obj: Authenticator) -> None:
        flows.take_factor_away(factor=obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Authenticator | None = None) -> bool:
        return False
