"""A letter, from templates to the bytes that go over the wire."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.utils import format_datetime, parseaddr
from functools import lru_cache
from typing import Any

import css_inline
from django.conf import settings
from django.template import Context, Engine, TemplateDoesNotExist

from tips.mail import addresses, wire
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
TURNING = re.compile("[\u202a-\u202e\u2066\u2067]")  # what turns the text that follows; isolates only shut in
ISOLATES = re.compile("[\u2068\u2069]")
SURROGATES = re.compile("[\ud800-\udfff]")
LINE_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
BODY_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029\x85]")
ODD = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066\u2067\ud800-\udfff]")  # any of these: look closer
LONGEST_LINE = 998  # RFC 5322, 2.1.1
MOST_HTML = 100_000  # bytes; Gmail cuts off what is longer, the way out with it: then the text goes alone


@dataclass(frozen=True)
class Letter:
    """`text` is the letter; `html` its optional other form, styles inlined. `headers` only from HEADERS.

    `links`: what stands in text and html for an address of this reader alone, and that address. All else of such a
    letter many get alike, and it is encoded once.
    """

    subject: str
    text: str
    html: str = ""
    reply_to: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)


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
    return Letter(subject, text, _inlined(html) if html else "")


def _inlined(html: str) -> str:
    """Every style on its element, but for what only a sheet can say: the dark colours."""
    return css_inline.inline(html, load_remote_stylesheets=False, keep_at_rules=True)


def isolated(words: str) -> str:
    """A name or title as plain text may carry it: written from right to left, it leaves the words around it alone."""
    return f"\u2068{ISOLATES.sub('', words)}\u2069"


def _render(template: str, values: Mapping[str, Any], *, escape: bool) -> str:
    return Engine.get_default().get_template(template).render(Context(dict(values), autoescape=escape))


def serialise(letter: Letter, *, sender: str, to: str, message_id: str, date: datetime) -> bytes:
    """The message as pure ASCII with CRLF. `to` is an address, `sender` may have a name before it.

    Bidi controls are taken out everywhere, other controls out of the body. Raises Poison for a control character in a
    header, a header name out of HEADERS, an address that is none, a line too long for SMTP.
    """
    lines = [
        _from(sender),
        wire.header("To", addresses.deliverable(to)),
        wire.header("Subject", _line(letter.subject)),
        wire.header("Date", format_datetime(date)),
        wire.header("Message-ID", message_id),
        wire.header("Auto-Submitted", "auto-generated"),
    ]
    if letter.reply_to:
        lines.append(wire.header("Reply-To", addresses.deliverable(letter.reply_to)))
    lines += [wire.header(_known(header), _ascii(_line(value))) for header, value in letter.headers.items()]
    text = _encoded(letter.text, letter.links)
    html = _encoded(letter.html, letter.links) if len(letter.html.encode("utf-8", "replace")) <= MOST_HTML else b""
    boundary = f"=_{message_id.strip('<>').partition('@')[0]}"
    return wire.message(_checked(b"".join(lines)), text, html, boundary=boundary)


@lru_cache(maxsize=4)
def _from(sender: str) -> bytes:
    name, address = parseaddr(_line(sender))
    return wire.header("From", str(Address(name, addr_spec=addresses.deliverable(address))))


def _encoded(body: str, links: Mapping[str, str]) -> bytes:
    if not links:
        return wire.encoded(_body(body))
    own = {mark.encode(): wire.opened(_ascii(_line(link))) for mark, link in links.items()}
    return b"".join(own.get(piece, piece) for piece in _pieces(body, tuple(links)))


@lru_cache(maxsize=128)  # text and HTML of as many letters as course/contents.py keeps
def _pieces(body: str, marks: tuple[str, ...]) -> list[bytes]:
    """Encoded, but for the stand-ins between them."""
    *pieces, end = re.split(f"({'|'.join(map(re.escape, marks))})", _body(body))
    return [*(piece.encode() if piece in marks else wire.opened(piece) for piece in pieces), wire.encoded(end)]


def _known(header: str) -> str:
    if header not in HEADERS:
        raise Poison("header name")
    return header


def _ascii(value: str) -> str:
    if not value.isascii():
        raise Poison("header value")
    return value


def _line(value: str) -> str:
    """What looks like an encoded word is taken apart, since it would be read as what it hides."""
    if LINE_CONTROLS.search(value):
        raise Poison("control character")
    return TURNING.sub("", value).replace("=?", "= ?")


def _body(text: str) -> str:
    """Ends with a line end, unless there is nothing."""
    if ODD.search(text):
        if SURROGATES.search(text):
            raise Poison("half a character")
        text = BODY_CONTROLS.sub("", TURNING.sub("", LINE_ENDS.sub("\n", text)))
    return text if text.endswith("\n") or not text else text + "\n"


def _checked(headers: bytes) -> bytes:
    if not headers.isascii() or max(map(len, headers.split(b"\r\n"))) > LONGEST_LINE:
        raise Poison("line")
    return headers
