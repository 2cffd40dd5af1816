"""What can become of one attempt to send, as exceptions. Their `code` is an SMTP reply code or a word of ours.

The text of a server's reply is never kept: it often repeats the address.
"""


class NotSent(Exception):
    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Temporary(NotSent):
    """Not delivered for sure; worth another try later."""


class Unreachable(Temporary):
    """No connection, no greeting, or 421: the next mail would meet the same."""


class Permanent(NotSent):
    """Refused for good; says nothing about the person."""


class Gone(Permanent):
    """The address does not exist (5.1.x at RCPT, RFC 3463)."""


class OurFault(NotSent):
    """The provider refuses us (5.7.x, 5.3.x), not the person."""


class LockedOut(OurFault):
    """Refused before any mail was named: login, TLS, a 5xx greeting."""


class Uncertain(NotSent):
    """The whole message was handed over and no answer was read."""


class Poison(NotSent):
    """This message can never be sent: it does not render, or its headers are not headers."""


class Left(NotSent):
    """A person decided to leave it, or nobody decided for too long."""


class Unwanted(NotSent):
    """A render raises this when the mail has lost its point (the page is gone, the reader left)."""
