"""A lesson as plain text: headings underlined, lists kept, links numbered with their addresses after the text."""

import textwrap

from tips.text.reader import Reader

WIDTH = 72  # columns
HEADINGS = {"h2": "=", "h3": "-", "h4": "-"}
BLOCKS = {"p", "li", "tr", "dt", "dd", "blockquote", *HEADINGS}


def text(html: str, *, site_url: str) -> str:
    """`html` as `render.staff` makes it. Paths of the site become addresses under `site_url`."""
    writer = _Writer(site_url)
    writer.feed(html)
    writer.close()
    return writer.text()


class _Writer(Reader):
    def __init__(self, site_url: str) -> None:
        super().__init__()
        self._site_url = site_url
        self._blocks: list[list[str]] = []  # each a paragraph, a heading, or the items of one list
        self._links: list[str] = []
        self._words: list[str] = []
        self._lists: list[int | None] = []  # of each open list the next number; None for bullets

    def opened(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "a":
            self._links.append(self._address(attributes.get("href", "")))
        elif tag in {"ul", "ol"}:
            self._flush()
            if not self._lists:
                self._blocks.append([])
            self._lists.append(1 if tag == "ol" else None)
        elif tag in BLOCKS:
            self._flush()

    def closed(self, tag: str) -> None:
        if tag == "a":
            self.said(f" [{len(self._links)}]")
        elif tag in {"ul", "ol"} and self._lists:
            self._flush()
            self._lists.pop()
        elif tag in BLOCKS:
            self._flush(tag)

    def said(self, text: str) -> None:
        self._words.append(text)

    def text(self) -> str:
        self._flush()
        notes = [f"[{number}] {address}" for number, address in enumerate(self._links, 1)]
        return "\n\n".join("\n".join(block) for block in [*self._blocks, notes] if block)

    def _address(self, href: str) -> str:
        return self._site_url + href if href.startswith("/") else href

    def _flush(self, tag: str = "") -> None:
        words = " ".join("".join(self._words).split())
        self._words = []
        if not words:
            return
        if tag in HEADINGS:
            self._blocks.append([words, HEADINGS[tag] * min(len(words), WIDTH)])
        elif self._lists:
            self._blocks[-1].append(self._item(words))
        else:
            self._blocks.append([_filled(words)])

    def _item(self, words: str) -> str:
        mark = "-"
        if (number := self._lists[-1]) is not None:
            mark, self._lists[-1] = f"{number}.", number + 1
        return _filled(f"{mark} {words}", "  " * (len(self._lists) - 1), len(mark) + 1)


def _filled(words: str, indent: str = "", hanging: int = 0) -> str:
    return textwrap.fill(
        words,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent + " " * hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )
