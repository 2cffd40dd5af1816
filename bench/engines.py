"""Ours beside what other sites have: LIKE as WordPress searches, FTS5 with AND, and tantivy (a Lucene in Rust)."""

import re
import sqlite3
from collections.abc import Sequence
from typing import Protocol

from bench.judging import Document
from tips.index.words import STOP_WORDS

MOST = 100
WORDPRESS_TERMS = 9  # more, and it looks for the whole sentence
WORD = re.compile(r"[^\W_]+")


class Engine(Protocol):
    def load(self, documents: Sequence[Document]) -> None: ...

    def find(self, text: str) -> list[str]: ...


def words(text: str) -> list[str]:
    found = WORD.findall(text.lower())
    return [word for word in dict.fromkeys(found) if word not in STOP_WORDS] or found


class Ours:
    def load(self, documents: Sequence[Document]) -> None:
        from tips.index.passages import Passage, rebuild  # noqa: PLC0415 - once a site is set up

        rebuild((each.id, [Passage("article", "/", each.title, "", each.body)]) for each in documents)

    def find(self, text: str) -> list[str]:
        from tips.index.match import match  # noqa: PLC0415
        from tips.index.query import parse  # noqa: PLC0415

        return [hit.source for hit in match(parse(text), limit=MOST).hits]


class Like:
    """All words anywhere; the whole sentence in a title, then all words, then one, then the newest (WP_Query, 6.x)."""

    def load(self, documents: Sequence[Document]) -> None:
        self.db = sqlite3.connect(":memory:")
        self.db.execute("CREATE TABLE post (n INTEGER PRIMARY KEY, id TEXT, title TEXT, body TEXT)")
        self.db.executemany(
            "INSERT INTO post (id, title, body) VALUES (?, ?, ?)",
            [(each.id, each.title, each.body) for each in documents],
        )

    def find(self, text: str) -> list[str]:
        terms = words(text)
        terms = terms if len(terms) <= WORDPRESS_TERMS else [text.lower()]
        like = [f"%{term}%" for term in terms]
        every = " AND ".join(["(title LIKE ? OR body LIKE ?)"] * len(like))
        title = " AND ".join(["title LIKE ?"] * len(like))
        order = f"CASE WHEN title LIKE ? THEN 1 WHEN {title} THEN 2 WHEN {title.replace('AND', 'OR')} THEN 3 ELSE 4 END"
        params = [each for pair in zip(like, like, strict=True) for each in pair]
        rows = self.db.execute(
            f"SELECT id FROM post WHERE {every} ORDER BY {order}, n DESC LIMIT {MOST}",
            [*params, f"%{text}%", *like, *like],
        )
        return [key for (key,) in rows]


class AllWords:
    """One FTS5 table as it comes, every word required."""

    def load(self, documents: Sequence[Document]) -> None:
        self.db = sqlite3.connect(":memory:")
        self.db.execute("CREATE VIRTUAL TABLE post USING fts5(id UNINDEXED, title, body)")
        self.db.executemany(
            "INSERT INTO post VALUES (?, ?, ?)", [(each.id, each.title, each.body) for each in documents]
        )

    def find(self, text: str) -> list[str]:
        wanted = " AND ".join(f'"{word}"' for word in words(text))
        rows = self.db.execute(f"SELECT id FROM post WHERE post MATCH ? ORDER BY rank LIMIT {MOST}", [wanted])
        return [key for (key,) in rows]


class Tantivy:
    """Any word, English stems, titles twice."""

    def load(self, documents: Sequence[Document]) -> None:
        import tantivy  # noqa: PLC0415 - of the bench group alone

        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw")
        for name in ("title", "body"):
            builder.add_text_field(name, tokenizer_name="en_stem")
        self.index = tantivy.Index(builder.build())
        writer = self.index.writer(heap_size=50_000_000, num_threads=1)
        for each in documents:
            writer.add_document(tantivy.Document(id=each.id, title=each.title, body=each.body))
        writer.commit()
        self.index.reload()

    def find(self, text: str) -> list[str]:
        query = self.index.parse_query(" ".join(words(text)), ["title", "body"], field_boosts={"title": 2.0})
        searcher = self.index.searcher()
        return [searcher.doc(place)["id"][0] for _, place in searcher.search(query, MOST).hits]


def engines() -> dict[str, Engine]:
    return {"ours": Ours(), "LIKE, as WordPress": Like(), "FTS5, every word": AllWords(), "tantivy": Tantivy()}
