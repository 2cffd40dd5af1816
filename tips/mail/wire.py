"""The bytes of a message, written straight down: the standard library's writer takes ten times as long.

Plain ASCII headers are lines as they are; what needs an encoded word or folding goes through its policy.
"""

import binascii
import re
from email.policy import EmailPolicy

LINE = 78  # RFC 5322, 2.1.1: longer ones are folded
BODY = '\r\nContent-Type: text/{}; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'
TEXT, HTML = (BODY.format(subtype).encode() for subtype in ("plain", "html"))
BLIND = {"List-Id", "List-Archive", "List-Help", "List-Post", "List-Unsubscribe", "List-Unsubscribe-Post"}
WHOLE = BLIND | {"In-Reply-To", "References", "Precedence", "Message-ID", "Date", "Auto-Submitted"}
FOLDED = EmailPolicy(linesep="\r\n", cte_type="7bit", max_line_length=LINE)
# binascii counts a blank at the end of a line as one sign, and writes three.
OVERFULL = re.compile(rb"^([^\n]{74,})(=20|=09)(?=\r\n)", re.MULTILINE)


def header(name: str, value: str) -> bytes:
    """One header with its line end. A URL in it is never folded: no mail program finds the way out of encoded words.

    Raises UnicodeEncodeError for a header of WHOLE that is not ASCII.
    """
    line = f"{name}: {value}"
    if name in WHOLE or (value.isascii() and len(line) <= LINE and "=?" not in value):
        return line.encode("ascii") + b"\r\n"
    return FOLDED.fold_binary(*FOLDED.header_store_parse(name, value))


def message(headers: bytes, text: bytes, html: bytes, *, boundary: str) -> bytes:
    """Of encoded bodies, `text` first, as the form for every reader.

    `boundary` holds "=_", which quoted-printable never contains.
    """
    head = headers + b"MIME-Version: 1.0"
    if not html:
        return head + TEXT + text
    border = f"\r\n--{boundary}".encode()
    kind = f'\r\nContent-Type: multipart/alternative; boundary="{boundary}"\r\n'.encode()
    return b"".join([head, kind, border, TEXT, text, border, HTML, html, border, b"--\r\n"])


def encoded(text: str) -> bytes:
    """Quoted-printable: lines end with CRLF, trailing blanks are encoded, none is longer than 76 (RFC 2045, 6.7)."""
    data = binascii.b2a_qp(text.encode().replace(b"\n", b"\r\n"), istext=True, header=False)
    return OVERFULL.sub(rb"\1=\r\n\2", data)


def opened(text: str) -> bytes:
    """The same for a piece of a text: it ends with a line, hard or soft, so that the next encoded piece may follow."""
    # A sign and a line to follow: the encoder leaves room for a soft line end, and learns what our lines end with.
    piece = encoded(f"{text}~\n").removesuffix(b"~\r\n")
    return piece if not piece or piece.endswith(b"\r\n") else piece + b"=\r\n"
