"""How a reply is called and where it stands, told from four of its columns."""

from typing import NamedTuple


class Standing(NamedTuple):
    public_id: str
    byline: str
    thread: int
    sequence: int

    @property
    def name_shown(self) -> str:
        return self.byline or "A visitor"

    @property
    def anchor(self) -> str:
        return f"reply-{self.public_id}"

    @property
    def place(self) -> str:
        """Its place in the reading order, from which a page of the thread can begin."""
        return f"{self.thread}.{self.sequence}"

    @property
    def link(self) -> str:
        """From its own page. However long the thread grows, the page it leads to begins with this reply."""
        return f"?from={self.place}#{self.anchor}" if self.sequence > 1 else f"#{self.anchor}"
