"""What visitors may write: paragraphs, one level of lists, *emphasis*, **strong words**, web addresses.

Everything else is shown as it was typed. One pass over lines and three substitutions, each linear in the text: there
is no nesting that could grow.
"""

import re
from dataclasses import dataclass, field
from html import escape, unescape

from tips.text import links

_ITEM = re.compile(r"[ \t]*(?:(?P<bullet>[-*•])|(?P<number>\d{1,3})[.)])[ \t]+(?=\S)")
_EM = re.compile(r"(?<![\w*\\])\*(?=[^\s*])([^*]*)(?<=\S)\*(?![\w*])")
_STRONG = re.compile(r"(?<![\w*\\])\*\*(?=[^\s*])([^*]*)(?<=\S)\*\*(?![\w*])")
_ADDRESS = re.compile(r"(?<!\w)https?://(?:[^\s<>&\"*]|&amp;)+", re.IGNORECASE)


@dataclass
class Item:
    lines: list[str]
    number: int = 0


@dataclass
class Block:
    """`kind` is the tag: p with one item, ul or ol with several."""

    kind: str
    items: list[Item] = field(default_factory=list)


def marked(source: str, *, prefix: str) -> str:
    """Unsanitised HTML of a cleaned text; blocks are numbered `<prefix>p-1`, `<prefix>p-2`, …"""
    return "\n".join(_block_html(block, f"{prefix}p-{n}") for n, block in enumerate(_blocks(source), start=1))


def plain(source: str, *, prefix: str) -> str:
    """The same text as one paragraph in which nothing is read as markup but line ends."""
    return f'<p id="{escape(prefix)}p-1">{_broken(escape(source, quote=False))}</p>'


def _blocks(source: str) -> list[Block]:
    blocks: list[Block] = []
    after_gap = True
    for line in source.split("\n"):
        if line.strip():
            _add(blocks, line, starts_anew=after_gap)
        after_gap = not line.strip()
    return blocks


def _add(blocks: list[Block], line: str, *, starts_anew: bool) -> None:
    mark = _ITEM.match(line)
    last = blocks[-1] if blocks else None
    if mark:
        kind = "ul" if mark["bullet"] else "ol"
        item = Item([line[mark.end() :].rstrip()], int(mark["number"] or 0))
        if last and last.kind == kind:
            last.items.append(item)
        else:
            blocks.append(Block(kind, [item]))
    elif last and not starts_anew and (last.kind == "p" or line[0].isspace()):
        last.items[-1].lines.append(line.strip())
    else:
        blocks.append(Block("p", [Item([line.strip()])]))


def _block_html(block: Block, name: str) -> str:
    if block.kind == "p":
        inside = _inline(block.items[0])
    else:
        inside = "\n".join(_item_html(item, before) for before, item in _with_expected_numbers(block))
    return f'<{block.kind} id="{escape(name)}">{inside}</{block.kind}>'


def _with_expected_numbers(block: Block) -> list[tuple[int, Item]]:
    expected = [1, *(item.number + 1 for item in block.items)]
    return list(zip(expected, block.items, strict=False)) if block.kind == "ol" else [(0, i) for i in block.items]


def _item_html(item: Item, expected: int) -> str:
    value = "" if item.number == expected else f' value="{item.number}"'  # a list keeps the numbers that were typed
    return f"<li{value}>{_inline(item)}</li>"


def _inline(item: Item) -> str:
    text = escape("\n".join(item.lines), quote=False)
    text = _STRONG.sub(r"<strong>\1</strong>", _EM.sub(r"<em>\1</em>", text))
    return _broken(_ADDRESS.sub(_link, text))


def _broken(text: str) -> str:
    return text.replace("\n", "<br>\n")


def _link(match: re.Match[str]) -> str:
    typed = unescape(match[0])
    address = _without_tail(typed) if len(typed) <= links.LONGEST else ""
    if not links.is_web(address):
        return match[0]
    tail = escape(typed[len(address) :], quote=False)
    return f'<a href="{escape(address)}">{escape(address, quote=False)}</a>{tail}'


def _without_tail(typed: str) -> str:
    """The address without the full stop, quote or bracket that belongs to the sentence around it."""
    address = typed
    while address and (
        address[-1] in ".,;:!?'’”…]}" or (address[-1] == ")" and address.count(")") > address.count("("))
    ):
        address = address[:-1]
    return address
