"""Every heading of the owner's Markdown gets a stable, unique address: `## Words {#here}`, or made from its words."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_GIVEN = re.compile(r"([a-z][\w-]*)\}", re.ASCII | re.IGNORECASE)
_TAKEN_BY_US = re.compile(r"fn(?:ref)?\d|p-\d|term-")


@dataclass(frozen=True)
class Heading:
    """`level` is 2 to 6; `id` is unique in its page; `text` is plain, not escaped."""

    level: int
    id: str
    text: str


def headings_plugin(md: MarkdownIt) -> None:
    """Leaves a tuple of Heading under "headings" in the environment."""
    md.core.ruler.after("block", "given_ids", _read_given_ids)
    md.core.ruler.push("heading_ids", _name_headings)


def _pairs(tokens: list[Token]) -> Iterator[tuple[Token, Token]]:
    return ((token, tokens[i + 1]) for i, token in enumerate(tokens) if token.type == "heading_open")


def _read_given_ids(state: StateCore) -> None:
    for opening, inline in _pairs(state.tokens):
        words, mark, rest = inline.content.rpartition("{#")
        given = _GIVEN.fullmatch(rest) if mark else None
        if given:
            opening.attrSet("id", given[1])
            inline.content = words.rstrip()


def _name_headings(state: StateCore) -> None:
    for token in state.tokens:
        if token.tag == "h1":  # the page has its own
            token.tag = "h2"
    pairs = list(_pairs(state.tokens))
    taken: dict[str, int] = {}
    for opening, inline in sorted(pairs, key=lambda pair: "id" not in pair[0].attrs):  # those given go first
        wanted = str(opening.attrGet("id") or _slug(_text(inline)))
        opening.attrSet("id", _unique(f"section-{wanted}" if _TAKEN_BY_US.match(wanted) else wanted, taken))
    state.env["headings"] = tuple(
        Heading(level=int(opening.tag[1]), id=str(opening.attrGet("id")), text=_text(inline))
        for opening, inline in pairs
    )


def _text(inline: Token) -> str:
    return " ".join("".join(_words(child) for child in inline.children or ()).split())


def _words(child: Token) -> str:
    return " " if child.type in {"softbreak", "hardbreak"} else child.content


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "section"


def _unique(wanted: str, taken: dict[str, int]) -> str:
    name = wanted
    while name in taken:
        taken[wanted] += 1
        name = f"{wanted}-{taken[wanted]}"
    taken[name] = 1
    return name
