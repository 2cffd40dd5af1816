"""Judged collections, and how well a ranking serves them.

The public collections lie beside the checkout (`../shared/data/ir`, or where IR_COLLECTIONS says); without them only
the site's own questions are judged.
"""

import json
import math
import os
import tomllib
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = Path(os.environ.get("IR_COLLECTIONS", ROOT.parent / "shared" / "data" / "ir"))
QUERIES = ROOT / "tests" / "search" / "visitors_queries.toml"
FIRST = 3

Find = Callable[[str], Sequence[str]]


@dataclass(frozen=True)
class Document:
    id: str
    title: str
    body: str


@dataclass(frozen=True)
class Collection:
    """judged: query, document, gain."""

    name: str
    documents: list[Document]
    queries: dict[str, str]
    judged: dict[str, dict[str, float]]


def collections() -> list[Collection]:
    return [_read(folder) for folder in sorted(FOLDER.iterdir()) if folder.is_dir()] if FOLDER.is_dir() else []


def _read(folder: Path) -> Collection:
    judged: dict[str, dict[str, float]] = defaultdict(dict)
    for line in (folder / "qrels.tsv").read_text("utf-8").splitlines():
        query, document, gain = line.split()
        judged[query][document] = float(gain)
    return Collection(
        folder.name,
        [Document(row["id"], row["title"], row["body"]) for row in _rows(folder / "docs.jsonl")],
        {row["id"]: row["text"] for row in _rows(folder / "queries.jsonl")},
        dict(judged),
    )


def _rows(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def ndcg(found: Sequence[str], gains: dict[str, float], first: int = 10) -> float:
    """K. Järvelin, J. Kekäläinen, "Cumulated gain-based evaluation of IR techniques" (2002), linear gains."""
    ideal = sorted(gains.values(), reverse=True)
    best = sum(gain / math.log2(place + 2) for place, gain in enumerate(ideal[:first]))
    got = sum(gains.get(document, 0) / math.log2(place + 2) for place, document in enumerate(found[:first]))
    return got / best if best else 0.0


def judge(collection: Collection, find: Find) -> float:
    """Mean nDCG@10 over the queries that have judgements."""
    scores = [
        ndcg(find(text), collection.judged[key]) for key, text in collection.queries.items() if key in collection.judged
    ]
    return round(sum(scores) / len(scores), 4)


def visitors_queries() -> list[tuple[str, set[str]]]:
    rows = tomllib.loads(QUERIES.read_text("utf-8"))["query"]
    return [(row["text"], set(row["want"])) for row in rows if row["want"]]


def right_page(find: Find) -> dict[str, float]:
    """Shares of the visitors' questions with a right page among the first three, and with none at all."""
    asked = visitors_queries()
    answers = [(list(dict.fromkeys(find(text)))[:FIRST], want) for text, want in asked]
    with_pages = [({*found, *(url.partition("#")[0] for url in found)}, want) for found, want in answers]
    return {
        "first three": round(sum(bool(want & found) for found, want in with_pages) / len(asked), 3),
        "empty": round(sum(not found for found, _ in answers) / len(asked), 3),
    }
