"""HTML read by the standard library's parser, which shares nothing with the one that sanitised it."""

from html.parser import HTMLParser

from tips.text import sanitise

VISITOR_ALLOWED = {tag: sanitise.VISITOR_ATTRIBUTES.get(tag, set()) for tag in sanitise.VISITOR_TAGS}
STAFF_ALLOWED = {
    tag: sanitise.STAFF_ATTRIBUTES.get(tag, set())
    | ({"class"} if tag in sanitise.STAFF_CLASSES else set())
    | set(sanitise.STAFF_ROLES.get(tag, ()))
    for tag in sanitise.STAFF_TAGS
}


class Elements(HTMLParser):
    """`tags` in order of the page with their attributes; `text` as it would be shown; `open` what was never closed."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.shown: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in {"br", "hr", "img"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.shown.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.shown).split())

    def ids(self) -> list[str]:
        return [attributes["id"] for _, attributes in self.tags if "id" in attributes]

    def links(self) -> list[str]:
        return [attributes["href"] for tag, attributes in self.tags if tag == "a" and "href" in attributes]


def attributes_allowed(html: str, allowed: dict[str, set[str]]) -> bool:
    return all(
        tag in allowed and set(attributes) <= allowed[tag] | ({"rel"} if tag == "a" else set())
        for tag, attributes in Elements(html).tags
    )
