"""Staff need a second factor: a passkey or a TOTP app. What is theirs is kept in no cache."""

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers

from accounts.roles import is_staff

# allauth and Django's admin leave some pages to caches, recovery codes among them.
KEPT_NOWHERE = ("/accounts/", "/admin/")
# Where somebody without a second factor must be able to go in order to get one, or to leave.
OPEN_PREFIXES = ("/accounts/", "/static/")
FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]  # recovery codes only stand in for one of these


def second_factor_required(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        if _must_enrol(request):
            return redirect("mfa_index")
        response = get_response(request)
        if request.path.startswith(KEPT_NOWHERE):
            add_never_cache_headers(response)
        return response

    return middleware


def _must_enrol(request: HttpRequest) -> bool:
    if not settings.STAFF_MFA or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    if request.path.startswith(OPEN_PREFIXES) or not is_staff(request.user):
        return False
    return not is_mfa_enabled(request.user, FACTORS)
