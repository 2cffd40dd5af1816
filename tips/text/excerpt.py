"""A page in a few plain words, for lists, feeds and descriptions."""

from tips.text.reader import Reader, words

CHARACTERS_A_WORD = 12  # scripts without spaces are cut by length
APART = {"h1", "h2", "h3", "h4", "h5", "h6", "section"}  # not running text; the section is the one of footnotes


def plain(html: str) -> str:
    """All words of a page with single spaces: headings and footnotes too, but no note numbers and no definitions."""
    return _read(html, _Everything())


def excerpt(html: str, words: int = 30) -> str:
    """The first words of the running text, without headings and footnotes; "…" where something was cut off."""
    text = _read(html, _Prose())
    short = " ".join(text.split()[:words])[: words * CHARACTERS_A_WORD]
    return short if short == text else f"{short.rstrip(' ,;:.–-')}…"


class _Everything(Reader):
    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []

    def said(self, text: str) -> None:
        self.pieces.append(text)


class _Prose(_Everything):
    def __init__(self) -> None:
        super().__init__()
        self._apart = 0

    def opened(self, tag: str, attributes: dict[str, str]) -> None:
        self._apart += tag in APART

    def closed(self, tag: str) -> None:
        self._apart -= tag in APART

    def said(self, text: str) -> None:
        if not self._apart:
            super().said(text)


def _read(html: str, reader: _Everything) -> str:
    reader.feed(html)
    reader.close()
    return words(reader.pieces)
