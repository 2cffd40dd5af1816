"""Pages cut into passages, each with the anchor that leads straight to it."""

import re
from dataclasses import dataclass

from tips.text.reader import Reader, words

_HEADING = re.compile(r"h[1-6]")
_PARAGRAPH = re.compile(r"(?:.*-)?p-\d+")
_NOTE = re.compile(r"fn(\d+)")
_LINE_ENDS = {"li": ";", "ul": ".", "ol": "."}
_ENDED = re.compile(r"(?:^|[.!?:,…])[\"”’)\s]*$")


@dataclass(frozen=True)
class Passage:
    """`anchor` is an id of the page, "" its top; `heading` and `text` are plain, single-spaced, not escaped."""

    anchor: str
    heading: str
    text: str


def split(html: str, *, title: str) -> tuple[Passage, ...]:
    """The owner's page: one passage for each section between headings, then one for each footnote.

    The part before the first heading bears the title and is left out when empty. A footnote is headed "Note 1".
    """
    reader = _Sections(title)
    reader.feed(html)
    reader.close()
    return tuple(part.passage() for part in reader.parts if part.anchor or part.passage().text)


def by_paragraph(html: str) -> tuple[Passage, ...]:
    """A visitor's text: one passage for each numbered block, without heading."""
    reader = _Paragraphs()
    reader.feed(html)
    reader.close()
    return tuple(passage for part in reader.parts if (passage := part.passage()).text)


class _Part:
    def __init__(self, anchor: str, heading: str = "") -> None:
        self.anchor = anchor
        self.heading = [heading]
        self.text: list[str] = []

    def end_line(self, stop: str) -> None:
        """The lines of a list are run together, with semicolons between those that have no stop of their own."""
        text = "".join(self.text).rstrip()
        bare = text.removesuffix(";")
        self.text = [f"{text if _ENDED.search(bare) else bare + stop} "]

    def passage(self) -> Passage:
        return Passage(self.anchor, words(self.heading), words(self.text))


class _Sections(Reader):
    def __init__(self, title: str) -> None:
        super().__init__()
        self.parts = [_Part("", title)]
        self._in_heading = False

    def opened(self, tag: str, attributes: dict[str, str]) -> None:
        name = attributes.get("id", "")
        if _HEADING.fullmatch(tag):
            self.parts.append(_Part(name))
            self._in_heading = True
        elif tag == "li" and (note := _NOTE.fullmatch(name)):
            self.parts.append(_Part(name, f"Note {note[1]}"))

    def closed(self, tag: str) -> None:
        if _HEADING.fullmatch(tag):
            self._in_heading = False
        elif tag in _LINE_ENDS:
            self.parts[-1].end_line(_LINE_ENDS[tag])

    def said(self, text: str) -> None:
        part = self.parts[-1]
        (part.heading if self._in_heading else part.text).append(text)


class _Paragraphs(Reader):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[_Part] = []

    def opened(self, tag: str, attributes: dict[str, str]) -> None:
        name = attributes.get("id", "")
        if _PARAGRAPH.fullmatch(name):
            self.parts.append(_Part(name))

    def said(self, text: str) -> None:
        if self.parts:
            self.parts[-1].text.append(text)
