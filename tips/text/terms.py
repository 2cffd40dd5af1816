"""Glossary terms in running text: the first mention on a page becomes a link with its definition beside it.

The definition is real text that the link is described by. A style sheet keeps it hidden until the link is hovered or
focused, so that it needs neither script nor inline style; without styles it simply follows the word.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser

from tips.text.reader import NOT_TEXT, VOID, Attributes

NEVER_INSIDE = {"a", "blockquote", "button", "code", "form", "h1", "h2", "h3", "h4", "h5", "h6", "label", "pre", "sup"}
_GLOSSARY = "/glossary/#"


@dataclass(frozen=True)
class TermLink:
    """`words` are the name and its variants, matched whole and in any case; `definition` is plain text."""

    slug: str
    words: tuple[str, ...]
    definition: str


def link_terms(html: str, terms: Sequence[TermLink]) -> str:
    """Sanitised HTML with the first mention of each term linked, the longest match first.

    Nothing is linked inside headings, links, quotations, forms, code or note numbers. A term that a link of the text
    already leads to counts as mentioned from there on.
    """
    by_word = {_key(word): term for term in terms for word in term.words if word.strip()}
    if not by_word:
        return html
    linker = _Linker(by_word)
    linker.feed(html)
    linker.close()
    return "".join(linker.out)


def _key(word: str) -> str:
    return " ".join(word.lower().split())


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    choices = "|".join(r"\s+".join(map(re.escape, word.split())) for word in longest_first)
    return re.compile(rf"(?<![\w-])(?:{choices})(?![\w-])", re.IGNORECASE)


def _linked(mention: str, term: TermLink) -> str:
    note = f"term-{escape(term.slug)}"
    link = f'<a class="term" href="{_GLOSSARY}{escape(term.slug)}" aria-describedby="{note}">{mention}</a>'
    return f'{link}<span class="term-note" role="note" id="{note}">{escape(term.definition, quote=False)}</span>'


class _Linker(HTMLParser):
    """Copies what it reads, tags verbatim, and links words in text where links may stand."""

    def __init__(self, by_word: dict[str, TermLink]) -> None:
        super().__init__(convert_charrefs=False)
        self.out: list[str] = []
        self._by_word = by_word
        self._pattern = _pattern(list(by_word))
        self._done: set[str] = set()
        self._closed_to_links: list[str] = []

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        self.out.append(self.get_starttag_text() or "")
        href = dict(attrs).get("href") or ""
        if href.startswith(_GLOSSARY):
            self._done.add(href.removeprefix(_GLOSSARY))
        if (tag in NEVER_INSIDE or NOT_TEXT & set((dict(attrs).get("class") or "").split())) and tag not in VOID:
            self._closed_to_links.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.out.append(f"</{tag}>")
        if self._closed_to_links and self._closed_to_links[-1] == tag:
            self._closed_to_links.pop()

    def handle_data(self, data: str) -> None:
        self.out.append(data if self._closed_to_links else self._pattern.sub(self._link_first, data))

    def handle_entityref(self, name: str) -> None:
        self.out.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.out.append(f"&#{name};")

    def _link_first(self, match: re.Match[str]) -> str:
        term = self._by_word.get(_key(match[0]))
        if term is None or term.slug in self._done:
            return match[0]
        self._done.add(term.slug)
        return _linked(match[0], term)
