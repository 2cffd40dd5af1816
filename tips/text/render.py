"""Source in, safe HTML out. The only two ways in which words become markup."""

import re
from dataclasses import dataclass
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin

from tips.text import clean, links, sanitise, writing
from tips.text.figures import IN_WORDS, figures_plugin, pictures, videos_without_words
from tips.text.footnotes import footnotes_plugin
from tips.text.headings import Heading, headings_plugin

__all__ = ["IN_WORDS", "Heading", "Rendered", "complaints", "loose_notes", "staff", "visitor"]

LONGEST = 20_000  # characters of a visitor's text that are read for markup
SWELLING = 6  # "&" and no-break spaces alone make five and six characters of one
ALLOWANCE = 2_000  # characters of markup that any text may have, however short
_NOTE_MARK = re.compile(r"\[\^[^\]\s]+\]")


@dataclass(frozen=True)
class Rendered:
    """Sanitised HTML, and its headings in the order of the page."""

    html: str
    headings: tuple[Heading, ...] = ()


def staff(source: str) -> Rendered:
    """The owner's Markdown: CommonMark, tables, definition lists, footnotes, `## Heading {#id}`; raw HTML is shown."""
    environment: dict[str, Any] = {}
    html = _markdown.render(clean.many_lines(source), environment)
    return Rendered(html=sanitise.staff_html(html), headings=environment["headings"])


def visitor(source: str, *, prefix: str = "") -> Rendered:
    """A visitor's words; see `writing` for what is read as markup.

    Ids are `<prefix>p-1`, `<prefix>p-2`, … : where several texts share a page, each needs a prefix of its own.
    Never raises and loses nothing that was typed: a text of more than 20,000 characters, or one that markup would
    swell to more than six times its length, is shown plain.
    """
    text = clean.many_lines(source)
    html = sanitise.visitor_html(writing.marked(text, prefix=prefix)) if len(text) <= LONGEST else None
    if html is None or len(html) > SWELLING * len(text) + ALLOWANCE:
        html = sanitise.visitor_html(writing.plain(text, prefix=prefix))
    return Rendered(html=html)


def loose_notes(source: str) -> tuple[str, ...]:
    """The footnotes that lead nowhere, as typed (`[^3]`): cited but not written, or written but not cited."""
    environment: dict[str, Any] = {}
    tokens = _markdown.parse(clean.many_lines(source), environment)
    written = environment.get("footnotes", {}).get("refs", {})
    uncited = [f"[^{name.removeprefix(':')}]" for name, number in written.items() if number < 0]
    unwritten = [mark for token in tokens for child in token.children or () for mark in _unwritten(child)]
    return tuple(dict.fromkeys(unwritten + uncited))


def complaints(source: str) -> list[str]:
    """What keeps some readers out, in words for whoever wrote it: mute pictures and videos, headings that jump."""
    environment: dict[str, Any] = {}
    tokens = _markdown.parse(clean.many_lines(source), environment)
    found = [
        f"A video needs its words: after {address} add a paragraph that begins “{IN_WORDS}”."
        for address in videos_without_words(tokens)
    ]
    for picture in pictures(tokens):
        if not picture.content.strip():
            found.append("A picture needs its words: write what it shows between the square brackets.")
        if not links.is_local(str(picture.attrGet("src"))):
            found.append(f"This picture is not on this site: {picture.attrGet('src')}. Please add it with “Picture”.")
    above = 1
    for heading in environment["headings"]:
        if heading.level > above + 1:
            found.append(f"The heading “{heading.text}” leaves out a level. Begin with ##, then ### below it.")
        above = heading.level
    return found


def _unwritten(child: Token) -> list[str]:
    return _NOTE_MARK.findall(child.content) if child.type == "text" else []


def _dress_cells(state: StateCore) -> None:
    """Alignment as a class, since inline style is forbidden; header cells say what they head."""
    for token in state.tokens:
        if token.type in {"th_open", "td_open"}:
            side = str(token.attrs.pop("style", "")).removeprefix("text-align:")
            token.attrs.update({"class": f"align-{side}"} if side in {"center", "right"} else {})
            token.attrs.update({"scope": "col"} if token.tag == "th" else {})


def _parser() -> MarkdownIt:
    md = MarkdownIt("commonmark", {"html": False}).enable("table")
    md.use(footnotes_plugin).use(deflist_plugin).use(headings_plugin).use(figures_plugin)
    md.core.ruler.push("cells", _dress_cells)
    return md


_markdown = _parser()
