"""Sending by SMTP: one connection reused, one recipient per envelope, every error a word of `errors`.

`smtplib` is driven by hand: only so is it known whether a connection broke before or after the final dot.
"""

import re
import smtplib
import ssl
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from tips.mail import replies
from tips.mail.envelope import Envelope
from tips.mail.errors import LockedOut, NotSent, Temporary, Uncertain, Unreachable

VERB_SECONDS = 30  # at most nine verbs and one verdict: together well inside the lease of ten minutes
VERDICT_SECONDS = 120
PORTS = {"smtp": 25, "smtps": 465, "smtp+starttls": 587, "smtp+tls": 587}
BROKEN = "connection"
GO_ON, CLOSING = 354, 421
LINE_WITH_DOT = re.compile(rb"(?m)^\.")


@dataclass(frozen=True)
class Server:
    scheme: str
    host: str
    port: int
    user: str = ""
    password: str = ""

    @classmethod
    def from_url(cls, url: str) -> "Server":
        """smtp://, smtps:// or smtp+starttls://user:password@host:port. Raises ValueError."""
        parts = urlsplit(url)
        if parts.scheme not in PORTS or not parts.hostname:
            raise ValueError("EMAIL_URL must be smtp://, smtps:// or smtp+starttls:// with a host")
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        return cls(parts.scheme, parts.hostname, parts.port or PORTS[parts.scheme], user, password)


class SmtpTransport:
    def __init__(self, server: Server, *, hello: str, tls: ssl.SSLContext | None = None) -> None:
        """`hello` is the name given in EHLO; `tls` the trust to use instead of the system's."""
        self.server = server
        self.hello = hello
        self.tls = tls or ssl.create_default_context()
        self._smtp: smtplib.SMTP | None = None

    def send(self, envelope: Envelope) -> str:
        """A connection that went away since the last mail is made anew, once: nothing had been handed over on it."""
        reused = self._smtp is not None
        try:
            return self._send(envelope)
        except Temporary as error:
            if not reused or not (error.code == BROKEN or isinstance(error, Unreachable)):
                raise
        return self._send(envelope)

    def _send(self, envelope: Envelope) -> str:
        smtp = self._session()
        try:
            self._introduce(smtp, envelope)
            smtp.send(_dotted(envelope.body) + b".\r\n")
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            raise Temporary(BROKEN) from error
        return self._verdict(smtp)

    def close(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = None

    def _introduce(self, smtp: smtplib.SMTP, envelope: Envelope) -> None:
        """MAIL, RCPT and DATA, in one go where the server takes that (RFC 2920)."""
        asked = {"MAIL": f"MAIL FROM:<{envelope.sender}>", "RCPT": f"RCPT TO:<{envelope.to}>", "DATA": "DATA"}
        at_once = smtp.has_extn("pipelining")
        if at_once:
            smtp.send("".join(f"{line}\r\n" for line in asked.values()))
        refused = None
        for verb, line in asked.items():
            code, text = smtp.getreply() if at_once else smtp.docmd(line)
            if code // 100 != (3 if verb == "DATA" else 2):
                refused = refused or replies.refusal(code, text, verb)
                if code == CLOSING or not at_once:
                    break
        if refused:
            self._withdraw(smtp, code)
            raise refused

    def _withdraw(self, smtp: smtplib.SMTP, code: int) -> None:
        """Ready for the next mail, or for a new connection. A message to nobody is ended by its dot (RFC 2920, 3.1)."""
        try:
            if code == GO_ON:
                smtp.send(b".\r\n")
                smtp.getreply()
            if code == CLOSING or smtp.rset()[0] != 250:
                self.close()
        except (smtplib.SMTPException, OSError):
            self.close()

    def _verdict(self, smtp: smtplib.SMTP) -> str:
        try:
            code, text = _patient_reply(smtp)
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            raise Uncertain("no reply") from error
        if 200 <= code < 300:
            return replies.code_of(code, text)
        if not 400 <= code < 600:
            self.close()
            raise Uncertain("no sense")
        if code == CLOSING:
            self.close()
        raise replies.refusal(code, text, "DATA")

    def _session(self) -> smtplib.SMTP:
        if self._smtp is not None:
            return self._smtp
        try:
            self._smtp = self._connect()
            self._enter(self._smtp)
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            raise _door_error(error) from error
        return self._smtp

    def _connect(self) -> smtplib.SMTP:
        place = (self.server.host, self.server.port, self.hello)
        if self.server.scheme == "smtps":
            return smtplib.SMTP_SSL(*place, timeout=VERB_SECONDS, context=self.tls)
        return smtplib.SMTP(*place, timeout=VERB_SECONDS)

    def _enter(self, smtp: smtplib.SMTP) -> None:
        smtp.ehlo_or_helo_if_needed()
        if self.server.scheme in {"smtp+starttls", "smtp+tls"}:
            self._start_tls(smtp)
        if self.server.user:
            smtp.login(self.server.user, self.server.password)

    def _start_tls(self, smtp: smtplib.SMTP) -> None:
        try:
            smtp.starttls(context=self.tls)
            smtp.ehlo()
        except smtplib.SMTPResponseException as error:
            raise LockedOut(f"tls {error.smtp_code}") from error


def _dotted(body: bytes) -> bytes:
    """RFC 5321, 4.5.2; the search alone is much quicker than the replacing, and mostly finds nothing."""
    return LINE_WITH_DOT.sub(b"..", body) if body.startswith(b".") or b"\n." in body else body


def _patient_reply(smtp: smtplib.SMTP) -> tuple[int, bytes]:
    """After the final dot a server may take its time: it filters, and writes to disk."""
    if smtp.sock is not None:
        smtp.sock.settimeout(VERDICT_SECONDS)
    reply = smtp.getreply()
    if smtp.sock is not None:
        smtp.sock.settimeout(VERB_SECONDS)
    return reply


def _door_error(error: smtplib.SMTPException | OSError) -> NotSent:
    if isinstance(error, smtplib.SMTPResponseException):
        text = error.smtp_error if isinstance(error.smtp_error, bytes) else error.smtp_error.encode()
        return replies.at_the_door(error.smtp_code, text)
    if isinstance(error, ssl.SSLError):
        return LockedOut("tls")
    if isinstance(error, smtplib.SMTPNotSupportedError):  # no STARTTLS or no AUTH on offer
        return LockedOut("not offered")
    return Unreachable(BROKEN)
