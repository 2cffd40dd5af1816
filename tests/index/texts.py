"""Passages for the tests of the index: a small site about backs."""

from collections.abc import Sequence
from typing import Any

from tips.index.match import Matches, match
from tips.index.passages import Passage, store
from tips.index.query import parse

SITE = {
    "page:sciatica": ("Sciatica", "Pain that runs down the leg from an irritated nerve. Sciatica mostly settles."),
    "page:bird-dog": ("Bird-dog", "On all fours, stretch one arm and the opposite leg. Keep the lower back still."),
    "page:walking": ("Walking", "Walk a little every day. A stiff back likes walks more than rest."),
    "page:neck": ("Neck turns", "Turn the head slowly. Good for a stiff neck after a day at the desk."),
    "page:l4": ("Where L4 is", "Put your hands on the iliac crest: the thumbs meet at L4-L5."),
}


def passage(**over: Any) -> Passage:
    values = {"kind": "article", "url": "/articles/a/", "title": "A title", "heading": "", "body": "Some words."}
    return Passage(**(values | over))


def build() -> None:
    for source, (title, body) in SITE.items():
        store(source, [passage(url=f"/articles/{source[5:]}/", title=title, body=body)])


def sources(matches: Matches) -> list[str]:
    return [hit.source for hit in matches.hits]


def found(q: str, *, expansions: Sequence[str] = (), **how: Any) -> list[str]:
    return sources(match(parse(q), expansions=expansions, **how))
