"""From an SMTP reply to an error of ours (RFC 5321 for the codes, RFC 3463 for the enhanced ones)."""

import re

from tips.mail.errors import Gone, LockedOut, NotSent, OurFault, Permanent, Temporary, Unreachable

ENHANCED = re.compile(rb"[245]\.\d{1,3}\.\d{1,3}(?=\s|$)")
LOGIN_WANTED = {530, 534, 535, 538}
SOFT = {"5.2.2", "5.4.4"}  # mailbox full, no route: both pass
BAD_SENDER = {"5.1.7", "5.1.8"}
TOO_BIG = "5.3.4"
ANYWHERE = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")


def code_of(code: int, text: bytes) -> str:
    found = ENHANCED.match(text)
    return f"{code} {found[0].decode()}" if found else str(code)


def at_the_door(code: int, text: bytes) -> NotSent:
    """Refused before a mail was named: greeting, EHLO, STARTTLS, login."""
    return (Unreachable if 400 <= code < 500 else LockedOut)(code_of(code, text))


def refusal(code: int, text: bytes, verb: str) -> NotSent:
    """`verb` is MAIL, RCPT or DATA."""
    word = code_of(code, text)
    enhanced = word.partition(" ")[2]
    if code == 421:
        return Unreachable(word)
    if code < 500 or enhanced in SOFT:
        return Temporary(word)
    if _is_our_fault(code, enhanced, verb):
        return OurFault(word)
    return (Gone if verb == "RCPT" and enhanced.startswith("5.1.") else Permanent)(word)


def _is_our_fault(code: int, enhanced: str, verb: str) -> bool:
    about_the_sender = verb == "MAIL" or enhanced in BAD_SENDER
    return code in LOGIN_WANTED or is_about_us(enhanced) or about_the_sender


def enhanced_in(text: str) -> str:
    """The first enhanced code in what a provider repeats of a server's reply; empty where there is none."""
    found = ANYWHERE.search(text)
    return found[0] if found else ""


def is_about_us(enhanced: str) -> bool:
    """5.7.x and 5.3.x are refusals of the sender's server, policy or quota; they say nothing about the person."""
    return enhanced.startswith(("5.7.", "5.3.")) and enhanced != TOO_BIG
