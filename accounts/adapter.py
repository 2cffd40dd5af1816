from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.pseudonym import pseudonym
from accounts.roles import is_staff

GOODBYE = "account/messages/logged_out.txt"


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Staff are invited by the owner; visitors write without an account."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """What allauth counts log-in attempts by: the daily pseudonym, so that no address enters a cache or a table."""
        return pseudonym(request)

    def is_safe_url(self, url: str | None) -> bool:
        """Where `next` may lead after signing in: to a path of this site, never to a host."""
        return url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return settings.LOGIN_REDIRECT_URL if is_staff(request.user) else "/"

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **kwargs: Any
    ) -> None:
        """Not for strangers, nor for who is about to be one: keeping a note would start a session for them."""
        if request.user.is_authenticated and message_template != GOODBYE:
            super().add_message(request, level, message_template, *args, **kwargs)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Links in mails lead to SITE_URL, whatever Host the request named."""
        links = {name: _on_this_site(value) for name, value in context.items() if name.endswith("_url")}
        super().send_mail(template_prefix, email, {**context, **links})


def _on_this_site(link: str) -> str:
    parts = urlsplit(link)
    return f"{settings.SITE_URL}{parts._replace(scheme='', netloc='').geturl()}"
