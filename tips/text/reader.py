"""Our own HTML read back as words: pieces that are not part of the text are left out, blocks are set apart."""

from html.parser import HTMLParser

NOT_TEXT = {"term-note", "footnote-ref", "footnote-backref", "side-note"}  # classes
INLINE = {"a", "code", "em", "strong", "span", "sup"}
VOID = {"br", "hr", "img"}

Attributes = list[tuple[str, str | None]]


class Reader(HTMLParser):
    """Feeds `said` with text; subclasses add what they want to know in `opened` and `closed`."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._skipping = 0

    def opened(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins that is part of the text."""

    def closed(self, tag: str) -> None:
        """An element ends that is part of the text."""

    def said(self, text: str) -> None:
        raise NotImplementedError

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if self._skipping or NOT_TEXT & set(attributes.get("class", "").split()):
            self._skipping += tag not in VOID
            return
        self.opened(tag, attributes)
        if tag not in INLINE:
            self.said(" ")

    def handle_endtag(self, tag: str) -> None:
        if self._skipping:
            self._skipping -= 1
            return
        if tag not in INLINE:
            self.said(" ")
        self.closed(tag)

    def handle_data(self, data: str) -> None:
        if not self._skipping:
            self.said(data)


def words(pieces: list[str]) -> str:
    """Pieces of text with single spaces between words."""
    return " ".join("".join(pieces).split())
