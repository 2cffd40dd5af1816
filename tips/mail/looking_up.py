"""The real name servers."""

from typing import Any

import dns.exception
import dns.resolver
import dns.reversename

from tips.mail.domain import Unanswered

PATIENCE = 10.0  # seconds for one question
NOTHING_THERE = (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer)


class NameServers:
    """A domain.Resolver that asks the name servers of this machine."""

    def texts(self, name: str) -> list[str]:
        return [b"".join(found.strings).decode("utf-8", "replace") for found in self._ask(name, "TXT")]

    def mail_servers(self, name: str) -> list[str]:
        return [str(found.exchange) for found in self._ask(name, "MX") if str(found.exchange) != "."]

    def addresses(self, name: str) -> list[str]:
        return [found.address for kind in ("A", "AAAA") for found in self._ask(name, kind)]

    def names(self, address: str) -> list[str]:
        return [str(found.target).rstrip(".") for found in self._ask(str(dns.reversename.from_address(address)), "PTR")]

    def _ask(self, name: str, kind: str) -> list[Any]:
        """Each kind has records of its own type."""
        try:
            return list(dns.resolver.resolve(name, kind, lifetime=PATIENCE))
        except NOTHING_THERE:
            return []
        except dns.exception.DNSException as error:
            raise Unanswered(f"{kind} {name}") from error
