"""How footnotes read: numbered, linked both ways, and said in words to those who listen.

Roles are those of DPUB-ARIA 1.1. Where a window is wide, the style sheet shows each note once more beside the line that
cites it; that copy is plain words, silent for screen readers, and no part of the text (see `reader.NOT_TEXT`).
"""

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

MARGIN_WORDS = 45
SPOKEN = {"text", "code_inline", "softbreak"}  # tokens whose content is words


def footnotes_plugin(md: MarkdownIt) -> None:
    """References `[^1]` with definitions, and inline notes `^[…]`, as one list at the end of the page."""
    md.use(footnote_plugin)
    md.core.ruler.after("footnote_tail", "side_notes", _remember_words)
    rules: dict[str, Callable[..., str]] = {
        "footnote_ref": _reference,
        "footnote_block_open": _notes_open,
        "footnote_block_close": _notes_close,
        "footnote_open": _note_open,
        "footnote_anchor": _way_back,
    }
    for name, rule in rules.items():
        md.add_render_rule(name, rule)


def _remember_words(state: StateCore) -> None:
    """The plain words of each note by its number, kept in `env["side_notes"]` for the place that cites it."""
    notes: dict[int, list[str]] = {}
    words: list[str] = []
    for token in state.tokens:
        if token.type == "footnote_open":
            words = notes.setdefault(_number(token), [])
        elif token.type == "inline" and notes:
            words.extend(child.content or " " for child in token.children or () if child.type in SPOKEN)
            words.append(" ")
    state.env["side_notes"] = {number: " ".join("".join(said).split()) for number, said in notes.items()}


def _number(token: Token) -> int:
    return int(token.meta["id"]) + 1


def _mention(token: Token) -> str:
    """The id of one place where a note is cited: fnref1, then fnref1-2, fnref1-3."""
    place = int(token.meta.get("subId", 0)) + 1
    return f"fnref{_number(token)}" + (f"-{place}" if place > 1 else "")


def _reference(_: RendererProtocol, tokens: Sequence[Token], i: int, __: object, env: dict[str, Any]) -> str:
    n = _number(tokens[i])
    link = f'<a href="#fn{n}" id="{_mention(tokens[i])}" role="doc-noteref" aria-label="Note {n}">{n}</a>'
    cited_before = tokens[i].meta.get("subId", 0)
    note = "" if cited_before else _beside(n, env["side_notes"].get(n, ""))
    return f'<sup class="footnote-ref">{link}</sup>{note}'


def _beside(number: int, words: str) -> str:
    if words.count(" ") > MARGIN_WORDS:  # a margin holds a remark; who wants more goes to the foot of the page
        begun = " ".join(words.split()[:MARGIN_WORDS])
        words = f"{begun[: begun.rfind('. ') + 1] or begun} …"  # whole sentences: half of one may say the opposite
    return f'<span class="side-note" aria-hidden="true">{number}. {escape(words, quote=False)}</span>' if words else ""


def _notes_open(*_: object) -> str:
    return '<section class="footnotes" role="doc-endnotes" aria-label="Notes">\n<ol>\n'


def _notes_close(*_: object) -> str:
    return "</ol>\n</section>\n"


def _note_open(_: RendererProtocol, tokens: Sequence[Token], i: int, *__: object) -> str:
    return f'<li id="fn{_number(tokens[i])}">'


def _way_back(_: RendererProtocol, tokens: Sequence[Token], i: int, *__: object) -> str:
    place = int(tokens[i].meta["subId"]) + 1
    label = f"Back to note {_number(tokens[i])} in the text" + (f", place {place}" if place > 1 else "")
    arrow = "\u21a9\ufe0e"  # as text, or some phones draw an emoji
    href = f"#{_mention(tokens[i])}"
    return f' <a href="{href}" class="footnote-backref" role="doc-backlink" aria-label="{label}">{arrow}</a>'
