"""Staff need a second factor: a passkey or a TOTP app."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.roles import is_staff

# Where somebody without a second factor must be able to go in order to get one, or to leave.
OPEN_PREFIXES = ("/accounts/", "/static/")


def second_factor_required(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        if _must_enrol(request):
            return redirect("mfa_index")
        return get_response(request)

    return middleware


def _must_enrol(request: HttpRequest) -> bool:
    if not settings.STAFF_MFA or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    if request.path.startswith(OPEN_PREFIXES) or not is_staff(request.user):
        return False
    return not is_mfa_enabled(request.user)
