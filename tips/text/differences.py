"""What changed between two texts, word by word, as HTML with `ins` and `del`."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from html import escape

from django.utils.safestring import SafeString

from tips.text.markup import safe

_WORDS = re.compile(r"\s+|[^\s]+")
MOST_WORDS = 6_000  # beyond it, both texts are shown whole: the matcher's time grows with the square


def differences(old: str, new: str) -> SafeString:
    """Both texts in one, escaped: what went in `<del>`, what came in `<ins>`; line ends as `<br>`."""
    return safe("".join(_marked(old, new)).replace("\n", "<br>"))


def changed_share(old: str, new: str) -> float:
    """How much of the longer text is another: 0 for none, 1 for all of its words."""
    before, after = old.split(), new.split()
    longest = max(len(before), len(after))
    if not longest or max(len(before), len(after)) > MOST_WORDS:
        return float(before != after)
    kept = sum(size for _, _, size in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks())
    return 1 - kept / longest


def _marked(old: str, new: str) -> Iterator[str]:
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    if max(len(before), len(after)) > MOST_WORDS:
        yield from (_in("del", old), _in("ins", new))
        return
    for kind, i, j, k, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            yield escape("".join(before[i:j]), quote=False)
        else:
            yield _in("del", "".join(before[i:j])) + _in("ins", "".join(after[k:end]))


def _in(tag: str, words: str) -> str:
    return f"<{tag}>{escape(words, quote=False)}</{tag}>" if words else ""
