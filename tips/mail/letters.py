"""A letter, from templates to the bytes that go over the wire."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, parseaddr
from typing import Any

import css_inline
from django.conf import settings
from django.template import Context, Engine, TemplateDoesNotExist

from tips.mail import addresses
from tips.mail.errors import Poison

# The names are a closed list: a header is injected through its name as well as through its value.
HEADERS = {
    "In-Reply-To",
    "List-Archive",
    "List-Help",
    "List-Id",
    "List-Post",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
    "Precedence",
    "References",
}
WHOLE = {name.lower() for name in HEADERS} | {"message-id", "date", "auto-submitted"}
BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
BODY_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029\x85]")
LONGEST_LINE = 998  # RFC 5322, 2.1.1


@dataclass(frozen=True)
class Letter:
    """`text` is the letter; `html` its optional other form, styles inlined. `headers` only from HEADERS."""

    subject: str
    text: str
    html: str = ""
    reply_to: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


class WholeLines(EmailPolicy):
    """Folding turns a long URL into encoded words, and no mail reader finds the way out of those."""

    def fold_binary(self, name: str, value: str) -> bytes:
        if name.lower() in WHOLE:
            return f"{name}: {value}\r\n".encode()
        return super().fold_binary(name, value)


POLICY = WholeLines(linesep="\r\n", cte_type="7bit")


def from_templates(name: str, context: Mapping[str, Any]) -> Letter:
    """From `<name>_subject.txt`, `_message.txt` and, where there is one, `_message.html`.

    `name` is "<room>/mail/<purpose>". The templates get `site_url` too; only the HTML is escaped.
    """
    values = {"site_url": settings.SITE_URL, **context}
    subject = _render(f"{name}_subject.txt", values, escape=False).strip()
    text = _render(f"{name}_message.txt", values, escape=False).strip() + "\n"
    try:
        html = _render(f"{name}_message.html", values, escape=True)
    except TemplateDoesNotExist:
        html = ""
    return Letter(subject, text, css_inline.inline(html, load_remote_stylesheets=False) if html else "")


def _render(template: str, values: Mapping[str, Any], *, escape: bool) -> str:
    return Engine.get_default().get_template(template).render(Context(dict(values), autoescape=escape))


def serialise(letter: Letter, *, sender: str, to: str, message_id: str, date: datetime) -> bytes:
    """The message as pure ASCII with CRLF. `to` is an address, `sender` may have a name before it.

    Bidi controls are taken out everywhere, other controls out of the body. Raises Poison for a control character in a
    header, a header name out of HEADERS, an address that is none, a line too long for SMTP.
    """
    message = EmailMessage(policy=POLICY)
    name, address = parseaddr(_line(sender))
    message["From"] = Address(name, addr_spec=addresses.deliverable(address))
    message["To"] = Address(addr_spec=addresses.deliverable(to))
    message["Subject"] = _line(letter.subject)
    message["Date"] = format_datetime(date)
    message["Message-ID"] = message_id
    message["Auto-Submitted"] = "auto-generated"
    if letter.reply_to:
        message["Reply-To"] = Address(addr_spec=addresses.deliverable(letter.reply_to))
    for header, value in letter.headers.items():
        message[_known(header)] = _ascii(_line(value))
    message.set_content(_body(letter.text), cte="quoted-printable")
    if letter.html:
        message.add_alternative(_body(letter.html), subtype="html", cte="quoted-printable")
    return _wire(message)


def _known(header: str) -> str:
    if header not in HEADERS:
        raise Poison("header name")
    return header


def _ascii(value: str) -> str:
    if not value.isascii():
        raise Poison("header value")
    return value


def _line(value: str) -> str:
    """Cc, Zl, Zp are line ends and other controls; Cs is half a character."""
    if any(unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"} for sign in value):
        raise Poison("control character")
    return BIDI.sub("", value)


def _body(text: str) -> str:
    if any(unicodedata.category(sign) == "Cs" for sign in text):
        raise Poison("half a character")
    return BODY_CONTROLS.sub("", BIDI.sub("", LINE_ENDS.sub("\n", text)))


def _wire(message: EmailMessage) -> bytes:
    data = message.as_bytes()
    if not data.isascii() or max(map(len, data.split(b"\r\n"))) > LONGEST_LINE:
        raise Poison("line")
    return data
