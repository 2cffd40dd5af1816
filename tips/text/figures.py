"""Pictures and videos of the owner's Markdown: pictures with size and caption, videos that nobody watches unasked.

A picture of this site says its size in its address (`…/960x640.webp`), so that the page keeps its place free. A video
stays where it is: a line leads there and says so, and nothing is fetched from elsewhere while somebody reads.
"""

import re
from collections.abc import Iterator
from itertools import zip_longest
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

IN_WORDS = "What the video shows:"  # for who cannot see or hear it
_SIZE = re.compile(r"/(\d{1,4})x(\d{1,4})\.webp\Z")
_VIDEO_HOST = re.compile(r"(?:\A|\.)(?:youtube\.com|youtube-nocookie\.com|youtu\.be|vimeo\.com|dailymotion\.com)\Z")
_VIDEO_FILE = re.compile(r"\.(?:mp4|webm|mov|m4v)\Z", re.IGNORECASE)


def figures_plugin(md: MarkdownIt) -> None:
    md.core.ruler.push("figures", _dress)


def is_video(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return bool(_VIDEO_HOST.search(parts.hostname or "") or _VIDEO_FILE.search(parts.path))


def videos_without_words(tokens: list[Token]) -> tuple[str, ...]:
    """Addresses of videos whose next paragraph does not begin with IN_WORDS."""
    paragraphs = [token for token in tokens if token.type == "inline"]
    return tuple(
        address
        for paragraph, after in zip_longest(paragraphs, paragraphs[1:])
        for address in _videos(paragraph)
        if after is None or not after.content.startswith(IN_WORDS)
    )


def pictures(tokens: list[Token]) -> Iterator[Token]:
    return (child for token in tokens for child in token.children or () if child.type == "image")


def _videos(paragraph: Token) -> list[str]:
    hrefs = [str(child.attrGet("href") or "") for child in paragraph.children or () if child.type == "link_open"]
    return [href for href in hrefs if is_video(href)]


def _dress(state: StateCore) -> None:
    for picture in pictures(state.tokens):
        _keep_its_place(picture)
    for opening, inline, closing in zip(state.tokens, state.tokens[1:], state.tokens[2:], strict=False):
        children = inline.children or []
        if opening.type != "paragraph_open" or not children:
            continue
        if len(children) == 1 and children[0].type == "image":
            _stand_alone(opening, inline, closing)
        elif children[0].type == "link_open" and children[-1].type == "link_close" and _videos(inline):
            _say_where_it_leads(opening, inline)


def _keep_its_place(picture: Token) -> None:
    picture.attrs.update({"loading": "lazy", "decoding": "async"})
    if size := _SIZE.search(str(picture.attrGet("src"))):
        picture.attrs.update({"width": size[1], "height": size[2]})


def _stand_alone(opening: Token, inline: Token, closing: Token) -> None:
    opening.tag = closing.tag = "figure"
    opening.attrs["class"] = "photo"
    caption = (inline.children or [])[0].attrs.pop("title", "")
    if caption:
        inline.children = [*(inline.children or []), *_tagged("figcaption", str(caption))]


def _say_where_it_leads(opening: Token, inline: Token) -> None:
    host = (urlsplit(_videos(inline)[0]).hostname or "").removeprefix("www.")
    opening.attrs["class"] = "video"
    where = f" A video on {host}, which may set cookies and may have moved." if host else " A video."
    inline.children = [*(inline.children or []), Token("text", "", 0, content=where)]


def _tagged(tag: str, words: str) -> list[Token]:
    return [Token(f"{tag}_open", tag, 1), Token("text", "", 0, content=words), Token(f"{tag}_close", tag, -1)]
