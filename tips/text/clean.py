"""What people type, brought into one form before it is kept, compared or shown.

Both functions are idempotent and never raise. Order matters: characters go first, so that what they kept apart
composes in the same pass.
"""

import re
import unicodedata

_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029]")
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 and C1 controls, but not tab and newline
    "\u200b\u2060\ufeff"  # zero-width, invisible; U+200C and U+200D stay: Persian and emoji need them
    "\u202a-\u202e\u2066-\u2069"  # bidi embeddings, overrides and isolates can disguise what stands there
    "\ud800-\udfff"  # lone surrogates cannot be encoded
    "\ufdd0-\ufdef\ufffe\uffff]"  # no characters at all, for ever; a feed with the last two is no XML
)
_GAP = re.compile(r"\n(?:[^\S\n]*\n){3,}")


def one_line(text: str) -> str:
    """A name, a title, a search: NFC, one line, single spaces, trimmed."""
    return " ".join(_composed(text).split())


def many_lines(text: str) -> str:
    """A story, a comment, a Markdown source: NFC, LF line ends, at most two blank lines in a row, trimmed."""
    return _GAP.sub("\n\n\n", _composed(text)).strip()


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", _FORBIDDEN.sub("", _LINE_ENDS.sub("\n", text)))
