"""How footnotes read: numbered, linked both ways, and said in words to those who listen.

Roles are those of DPUB-ARIA 1.1.
"""

from collections.abc import Callable, Sequence

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin


def footnotes_plugin(md: MarkdownIt) -> None:
    """References `[^1]` with definitions, and inline notes `^[…]`, as one list at the end of the page."""
    md.use(footnote_plugin)
    rules: dict[str, Callable[..., str]] = {
        "footnote_ref": _reference,
        "footnote_block_open": _notes_open,
        "footnote_block_close": _notes_close,
        "footnote_open": _note_open,
        "footnote_anchor": _way_back,
    }
    for name, rule in rules.items():
        md.add_render_rule(name, rule)


def _number(token: Token) -> int:
    return int(token.meta["id"]) + 1


def _mention(token: Token) -> str:
    """The id of one place where a note is cited: fnref1, then fnref1-2, fnref1-3."""
    place = int(token.meta.get("subId", 0)) + 1
    return f"fnref{_number(token)}" + (f"-{place}" if place > 1 else "")


def _reference(_: RendererProtocol, tokens: Sequence[Token], i: int, *__: object) -> str:
    n = _number(tokens[i])
    link = f'<a href="#fn{n}" id="{_mention(tokens[i])}" role="doc-noteref" aria-label="Note {n}">{n}</a>'
    return f'<sup class="footnote-ref">{link}</sup>'


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
