"""Words marked where they stand: in finished HTML, and in a line or two cut out of a text."""

import re
from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString

from tips.text.markup import safe

_TAG = re.compile(r"(<[^>]*>)")
ROOM = 60  # characters to either side of the words


def mark(html: str, words: Iterable[str]) -> SafeString:
    """HTML that `render` made, with these words in `<mark>` wherever they stand in one piece; tags stay as they are."""
    wanted = sorted({escape(each, quote=False) for each in words if each.strip()}, key=len, reverse=True)
    if not wanted:
        return safe(html)
    pattern = re.compile("|".join(map(re.escape, wanted)), re.IGNORECASE)
    pieces = _TAG.split(html)
    return safe(
        "".join(
            piece if piece.startswith("<") else pattern.sub(lambda found: f"<mark>{found[0]}</mark>", piece)
            for piece in pieces
        )
    )


def around(text: str, words: str) -> tuple[str, str, str]:
    """What stands before the words, the words, and what stands after; ("", words, "") where they are not."""
    start = text.find(words) if words else -1
    if start < 0:
        return "", words, ""
    end = start + len(words)
    before, after = text[max(start - ROOM, 0) : start], text[end : end + ROOM]
    before = before if start <= ROOM else f"…{before.partition(' ')[2]}"
    after = after if len(text) <= end + ROOM else f"{after.rpartition(' ')[0]}…"
    return before, text[start:end], after
