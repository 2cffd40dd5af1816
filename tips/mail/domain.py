"""What other mail servers look up about the domain that our letters come from, judged in plain words.

Reads only. Sources: RFC 7208 (SPF), 6376 (DKIM), 7489 (DMARC), and what Gmail and Outlook ask of senders since 2024.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

SHORT_KEY = 250  # characters of base64: less is an RSA key of under 1,500 bits
OPEN_ENDS = {"+all", "all", "?all"}


class Level(StrEnum):
    GOOD = "good"
    CARE = "look at this"
    BAD = "to be mended"


class Unanswered(Exception):
    """The name server gave no answer, which says nothing about the domain."""


class Resolver(Protocol):
    """Each gives an empty list for a name that has none. Raises Unanswered."""

    def texts(self, name: str) -> list[str]: ...
    def mail_servers(self, name: str) -> list[str]: ...
    def addresses(self, name: str) -> list[str]: ...
    def names(self, address: str) -> list[str]: ...


@dataclass(frozen=True)
class Finding:
    level: Level
    about: str
    words: str


def check(domain: str, *, selectors: Sequence[str], servers: Sequence[str], look_up: Resolver) -> list[Finding]:
    """`selectors`: names of DKIM keys. `servers`: hosts of ours that hand letters to the world by themselves."""
    return [
        *_spf(domain, look_up),
        *_dkim(domain, selectors, look_up),
        *_dmarc(domain, look_up),
        *_replies(domain, look_up),
        *(finding for server in servers for finding in _pointer(server, look_up)),
    ]


def _spf(domain: str, look_up: Resolver) -> Iterator[Finding]:
    found = [text for text in look_up.texts(domain) if text.lower().split(" ")[0] == "v=spf1"]
    if not found:
        yield Finding(
            Level.BAD, "SPF", f"Nothing says who may send for {domain}. Add the TXT record that your provider names."
        )
    elif len(found) > 1:
        yield Finding(Level.BAD, "SPF", f"There are {len(found)} records, and then none counts. Join them into one.")
    elif OPEN_ENDS & set(found[0].lower().split()):
        yield Finding(Level.CARE, "SPF", "It lets anybody send. Let it end with ~all or -all.")
    elif not found[0].lower().split()[-1].endswith("all") and "redirect=" not in found[0].lower():
        yield Finding(Level.CARE, "SPF", "It has no end. Let it end with ~all or -all.")
    else:
        yield Finding(Level.GOOD, "SPF", f"It says who may send: {found[0]}")


def _dkim(domain: str, selectors: Sequence[str], look_up: Resolver) -> Iterator[Finding]:
    if not selectors:
        words = "Not looked at. Open a letter as its source, find s= in DKIM-Signature, and say --selector with it."
        yield Finding(Level.CARE, "DKIM", words)
    for selector in selectors:
        keys = [_tags(text) for text in look_up.texts(f"{selector}._domainkey.{domain}") if "p=" in text]
        if not keys:
            yield Finding(
                Level.BAD, f"DKIM {selector}", "There is no key of that name. Add the record that your provider names."
            )
        elif not keys[0].get("p"):
            yield Finding(
                Level.BAD, f"DKIM {selector}", "The key was taken back. Letters signed with it count as unsigned."
            )
        elif keys[0].get("k", "rsa") == "rsa" and len(keys[0]["p"]) < SHORT_KEY:
            yield Finding(Level.CARE, f"DKIM {selector}", "The key is short. Ask your provider for one of 2048 bits.")
        else:
            yield Finding(Level.GOOD, f"DKIM {selector}", "There is a key.")


def _dmarc(domain: str, look_up: Resolver) -> Iterator[Finding]:
    """A domain without a record of its own has that of the domain above it."""
    above = [domain, *([domain.partition(".")[2]] if domain.count(".") > 1 else [])]
    for name in above:
        found = [_tags(text) for text in look_up.texts(f"_dmarc.{name}") if text.lower().startswith("v=dmarc1")]
        if found:
            rule = found[0].get("sp" if name != domain and "sp" in found[0] else "p", "").lower()
            yield _dmarc_rule(rule)
            return
    yield Finding(
        Level.BAD, "DMARC", f'Big providers want one. Add a TXT record at _dmarc.{domain}: "v=DMARC1; p=none".'
    )


def _dmarc_rule(rule: str) -> Finding:
    if rule in {"quarantine", "reject"}:
        return Finding(Level.GOOD, "DMARC", f"Letters that others forge in your name are told apart (p={rule}).")
    if rule == "none":
        return Finding(Level.GOOD, "DMARC", "There is one; it only watches (p=none). That is enough to begin with.")
    return Finding(Level.BAD, "DMARC", "It has no rule that anybody understands. Say p=none, p=quarantine or p=reject.")


def _replies(domain: str, look_up: Resolver) -> Iterator[Finding]:
    if look_up.mail_servers(domain) or look_up.addresses(domain):
        yield Finding(Level.GOOD, "Replies", "Mail to the domain has somewhere to go.")
    else:
        yield Finding(
            Level.BAD, "Replies", f"Nobody receives mail for {domain}. Many servers refuse letters from such a domain."
        )


def _pointer(server: str, look_up: Resolver) -> Iterator[Finding]:
    """PTR, and back again. Where a provider hands the letters on, this is the provider's matter."""
    for address in look_up.addresses(server):
        names = look_up.names(address)
        if not names:
            yield Finding(
                Level.BAD, f"PTR {address}", "The address has no name. Ask who rents you the machine to set one."
            )
        elif not any(address in look_up.addresses(name) for name in names):
            yield Finding(Level.BAD, f"PTR {address}", f"It is called {names[0]}, and that name leads elsewhere.")
        else:
            yield Finding(Level.GOOD, f"PTR {address}", f"It is called {names[0]}, and that leads back.")


def _tags(text: str) -> dict[str, str]:
    parts = (part.partition("=") for part in text.split(";"))
    return {name.strip().lower(): value.strip().replace(" ", "") for name, _, value in parts if name.strip()}
