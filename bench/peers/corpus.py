"""The words that all of them show: made-up pages of a site, with their replies."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path


def write(home: Path, file: Path) -> int:
    """Pages as {title, html, replies: [text, …]}, the one with many replies last. How many."""
    with closing(sqlite3.connect(home / "backsite.sqlite3")) as database:
        pages = database.execute(
            "SELECT id, title, html FROM pages_page WHERE loaded_digest LIKE 'make_load%' ORDER BY sequence"
        ).fetchall()
        replies: dict[int, list[str]] = {}
        for page, source in database.execute("SELECT page_id, source FROM comments_comment ORDER BY id"):
            replies.setdefault(page, []).append(source)
    told = [{"title": title, "html": html, "replies": replies.get(pk, [])} for pk, title, html in pages]
    file.write_text(json.dumps(told))
    return len(told)
