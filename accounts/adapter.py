from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from accounts.pseudonym import pseudonym


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Staff are invited by the owner; visitors write without an account."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """What allauth counts log-in attempts by: the daily pseudonym, so that no address enters a cache or a table."""
        return pseudonym(request)
