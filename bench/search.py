"""The search, side by side with others in one run: `make bench-search`. Figures are CPU time, so compare ratios."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from typing import Any

from bench.engines import Engine, engines
from bench.growth import SIZES, grow
from bench.judging import Document, collections, judge, right_page
from bench.requests import requests
from bench.site import throw_away_site

ON_POSTGRES = [sys.executable, "-m", "tests.postgres", "run", "--", sys.executable, "-m", "bench.search_postgres"]


def site_documents() -> list[tuple[Document, str]]:
    """Every passage of the site's content, with the address that a right answer has."""
    from tips.index.models import StoredPassage  # noqa: PLC0415 - once a site is set up

    rows = StoredPassage.objects.order_by("pk")
    return [(Document(str(row.pk), row.title, f"{row.heading} {row.body}"), _answer(row.kind, row.url)) for row in rows]


def _answer(kind: str, url: str) -> str:
    return url if kind in ("term", "warning") else url.partition("#")[0]


def our_site_search(text: str) -> list[str]:
    from tips.search.finding import search  # noqa: PLC0415

    return [each.subject.url for each in search(text).pages[:3]]


def visitors(others: dict[str, Engine]) -> dict[str, object]:
    documents = site_documents()
    address = {document.id: url for document, url in documents}

    def pages(engine: Engine) -> Callable[[str], Sequence[str]]:
        return lambda text: [address[key] for key in engine.find(text)]

    found: dict[str, object] = {"ours": right_page(our_site_search)}
    for name, engine in others.items():
        if name != "ours":
            engine.load([document for document, _ in documents])
            found[name] = right_page(pages(engine))
    return found


def ranked(compared: dict[str, Engine]) -> dict[str, dict[str, float]]:
    table: dict[str, dict[str, float]] = {name: {} for name in compared}
    for collection in collections():
        for name, engine in compared.items():
            engine.load(collection.documents)
            table[name][collection.name] = judge(collection, engine.find)
    return table


def on_postgres() -> dict[str, float]:
    environment = {name: value for name, value in os.environ.items() if name != "BACKSITE_HOME"}
    done = subprocess.run(ON_POSTGRES, capture_output=True, text=True, env=environment, check=False)
    return dict(json.loads(done.stdout.splitlines()[-1])) if done.returncode == 0 else {}


def main() -> dict[str, object]:
    compared = engines()
    with throw_away_site():
        asked = visitors(compared)
        one_request = requests()
        table = ranked(compared)
        growth = {f"{size:,}": grow(size) for size in SIZES}
    table["ours, on PostgreSQL"] = on_postgres()
    tell(asked, one_request, table, growth)
    return {"visitors' questions": asked, "request": one_request, "nDCG@10": table, "growth": growth}


def tell(asked: dict[str, Any], one_request: dict[str, float], table: dict[str, Any], growth: dict[str, Any]) -> None:
    names = sorted({name for row in table.values() for name in row})
    print_row("engine", "right page in the first three", "empty", *(f"nDCG@10 {name}" for name in names))
    print_row(*["--"] * (len(names) + 3))
    for engine, row in table.items():
        said = asked.get(engine, {})
        shares = [f"{said[key]:.1%}" if key in said else "" for key in ("first three", "empty")]
        print_row(engine, *shares, *(f"{row[name]:.4f}" if name in row else "" for name in names))
    print(f"\nOne request, CPU ms: {one_request}\n")
    print_row("CPU ms, p50 / p99", *growth)
    print_row(*["--"] * (len(growth) + 1))
    for key in next(iter(growth.values())):
        print_row(key, *(cell(column[key]) for column in growth.values()))


def cell(figure: Any) -> str:
    return f"{figure['p50']} / {figure['p99']}" if isinstance(figure, dict) else f"{figure:,}"


def print_row(*cells: str) -> None:
    print(f"| {' | '.join(cells)} |")
