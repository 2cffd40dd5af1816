"""The owner's sign-in link: printed on the terminal of whoever runs the site, good for half an hour and for one use.

GET shows a button, since link previews and virus scanners follow links; only POST signs in.
"""

from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.roles import can_run_the_site

SALT = "accounts.links"
GOOD_FOR = 30 * 60  # seconds
AFTERWARDS = "/desk/"


def link_path(user: User) -> str:
    """Where this account signs in without a password, until it next signs in anyhow."""
    return f"/accounts/owner/{signing.dumps([user.pk, _state(user)], salt=SALT)}/"


def account_of(token: str) -> User | None:
    """The owner whom the link was made for; None for a used, old or made-up one alike."""
    try:
        key, state = signing.loads(token, salt=SALT, max_age=GOOD_FOR)
    except (signing.BadSignature, ValueError):
        return None
    user = User.objects.filter(pk=key).first()
    if user is None or not can_run_the_site(user) or not constant_time_compare(state, _state(user)):
        return None
    return user


def _state(user: User) -> str:
    """Changes with every signing-in and with every new password."""
    return salted_hmac(SALT, f"{user.pk}|{user.last_login}|{user.password}").hexdigest()[:32]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def owner_link(request: HttpRequest, token: str) -> HttpResponse:
    user = account_of(token)
    if user is None or (request.method == "POST" and not _use_up(user)):
        return render(request, "accounts/owner_link.html", {"works": False})
    if request.method != "POST":
        return render(request, "accounts/owner_link.html", {"works": True})
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return _see_other(AFTERWARDS)


def _use_up(user: User) -> bool:
    """Of two requests with the same link, one signs in."""
    before: dict[str, Any] = {"pk": user.pk, "last_login": user.last_login}
    return bool(User.objects.filter(**before).update(last_login=timezone.now()))


def _see_other(address: str) -> HttpResponse:
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response
