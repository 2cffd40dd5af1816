"""Patterns with `*` and `?`, matched without regular expressions: time grows with the text, never faster."""

from collections.abc import Sequence


def matches(pattern: str, word: str) -> bool:
    """Whether the whole word is what the pattern says; `*` is any number of letters, `?` is one."""
    at = read = 0
    star, resume = -1, 0
    while read < len(word):
        if at < len(pattern) and pattern[at] == "*":
            star, resume = at, read
            at += 1
        elif at < len(pattern) and pattern[at] in {"?", word[read]}:
            at, read = at + 1, read + 1
        elif star >= 0:
            resume += 1
            at, read = star + 1, resume
        else:
            return False
    return not pattern[at:].strip("*")


def first_match(pattern: Sequence[str], words: Sequence[str]) -> int | None:
    """Where the words of a pattern follow one another; None where they do not."""
    for start in range(len(words) - len(pattern) + 1):
        if all(matches(part, words[start + offset]) for offset, part in enumerate(pattern)):
            return start
    return None
